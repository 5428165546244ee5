import type { DeployedStack, StackInstance, StackSet } from '../cloudformation/stacks';
import { type Call, type Permission, type Service, textIn, type World } from './operation';
import { pageOf } from './page';
import { ServiceError } from './service-error';

/** Stack instances of one page: few, so that callers must page. */
const PAGE_SIZE = 20;

/** CloudFormation: a look at the stacks and stack sets of the caller's account and Region. */
export const cloudformation: Service = {
  protocol: 'query',
  denialCode: 'AccessDenied',
  operations: {
    DescribeStacks: {
      permissions: (call, world) => {
        const name = textIn(call, 'StackName');
        const wanted = name.startsWith('arn:') ? name : stackArn(call, `${name || '*'}/*`);
        const resource = stacksFor(call, world)[0]?.id ?? wanted;
        return [{ action: 'cloudformation:DescribeStacks', resource }];
      },
      perform: (call, world) => {
        const stacks = stacksFor(call, world);
        const name = textIn(call, 'StackName');
        if (name && stacks.length === 0) {
          throw new ServiceError('ValidationError', `Stack with id ${name} does not exist`);
        }
        return { Stacks: stacks.map((stack) => describe(stack, world)) };
      },
    },
    DescribeStackSet: {
      permissions: (call) => [onStackSet(call)],
      perform: (call, world) => ({ StackSet: describeSet(findSet(call, world)) }),
    },
    ListStackInstances: {
      permissions: (call) => [onStackSet(call)],
      perform: (call, world) => {
        const set = findSet(call, world);
        const { items, next } = pageOf(
          instancesFor(call, set),
          textIn(call, 'NextToken'),
          PAGE_SIZE,
          'ValidationError',
        );
        return { Summaries: items.map((each) => summarize(each, set)), ...(next ? { NextToken: next } : {}) };
      },
    },
  },
};

function stackArn({ caller, region }: Call, rest: string): string {
  return `arn:aws:cloudformation:${region}:${caller.account}:stack/${rest}`;
}

function stacksFor(call: Call, { deployment }: World): DeployedStack[] {
  const name = textIn(call, 'StackName');
  return deployment.stacks.filter(
    ({ at, id }) =>
      at.account === call.caller.account && at.region === call.region && (!name || name === at.stack || name === id),
  );
}

function describe({ at, id, description, outputs, status }: DeployedStack, { clock }: World) {
  return {
    StackName: at.stack,
    StackId: id,
    Description: description,
    CreationTime: new Date(clock.now()).toISOString(),
    StackStatus: status,
    Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
  };
}

/** Only the management account has stack sets here, so `CallAs` does not matter. */
function onStackSet(call: Call): Permission {
  const { caller, region } = call;
  const resource = `arn:aws:cloudformation:${region}:${caller.account}:stackset/${textIn(call, 'StackSetName')}:*`;
  return { action: `cloudformation:${call.operation}`, resource };
}

function findSet(call: Call, { deployment }: World): StackSet {
  const name = textIn(call, 'StackSetName');
  const set = deployment.stackSets.get(name.split(':')[0] ?? '');
  if (!set || set.at.account !== call.caller.account || set.at.region !== call.region) {
    throw new ServiceError('StackSetNotFoundException', `StackSet ${name} not found`, 404);
  }
  return set;
}

function describeSet({ name, id, template, organizationalUnits, regions, isAutomatic }: StackSet) {
  return {
    StackSetName: name,
    StackSetId: id,
    Status: 'ACTIVE',
    PermissionModel: 'SERVICE_MANAGED',
    AutoDeployment: { Enabled: isAutomatic, RetainStacksOnAccountRemoval: false },
    OrganizationalUnitIds: organizationalUnits,
    Regions: regions,
    TemplateBody: JSON.stringify(template),
  };
}

function instancesFor(call: Call, { instances }: StackSet): StackInstance[] {
  const [account, region] = [textIn(call, 'StackInstanceAccount'), textIn(call, 'StackInstanceRegion')];
  return instances.filter(
    ({ place }) => (!account || place.account === account) && (!region || place.region === region),
  );
}

function summarize({ place, stack, status }: StackInstance, { id, organizationalUnits }: StackSet) {
  return {
    StackSetId: id,
    Region: place.region,
    Account: place.account,
    StackId: stack.id,
    Status: status,
    StackInstanceStatus: {
      DetailedStatus: status === 'CURRENT' ? 'SUCCEEDED' : status === 'OUTDATED' ? 'FAILED' : status,
    },
    OrganizationalUnitId: organizationalUnits[0] ?? '',
  };
}
