import { EXPECTATION_OUTPUT, type Expectation } from '../../lambda/health/expectation';
import { attributesOf } from '../../lambda/incidents/attributes';
import type { Aws, Caller } from '../../scripts/live-check/aws';
import type { Ec2Answer } from '../../scripts/live-check/ec2';

export const MANAGEMENT = '111111111111';
export const MEMBER = '222222222222';
export const ORGANIZATION = 'o-disposable1';

type Input = Readonly<Record<string, unknown>>;
type Asked = { readonly input: Input; readonly as: Caller; readonly region: string };
type Answers = Record<string, (asked: Asked) => unknown>;

/** An error as the SDK throws it. */
export function awsError(name: string, message = name, status = 400): Error {
  const $metadata = { httpStatusCode: status, requestId: `request-${name}` };
  return Object.assign(new Error(message), { name, $metadata });
}

/** What the deployed Trailmend says of itself. */
export const EXPECTATION: Expectation = {
  managementAccount: MANAGEMENT,
  partition: 'aws',
  homeRegion: 'us-east-1',
  regions: ['us-east-1', 'eu-west-1'],
  organizationId: ORGANIZATION,
  organizationalUnits: ['r-exam'],
  accountFilter: null,
  stackName: 'TrailmendHub',
  stackSetName: 'trailmend-forwarders',
  busArn: `arn:aws:events:us-east-1:${MANAGEMENT}:event-bus/trailmend`,
  queueUrl: 'https://sqs.us-east-1.amazonaws.com/refusals',
  deadLettersUrl: 'https://sqs.us-east-1.amazonaws.com/dead',
  topicArn: `arn:aws:sns:us-east-1:${MANAGEMENT}:notices`,
  keyArn: `arn:aws:kms:us-east-1:${MANAGEMENT}:key/1`,
  tableName: 'incidents',
  responderRoleArn: `arn:aws:iam::${MANAGEMENT}:role/responder`,
  probeRoleArn: `arn:aws:iam::${MANAGEMENT}:role/probe`,
  canaryRoleArn: `arn:aws:iam::${MANAGEMENT}:role/canary`,
  emails: 1,
  remediation: 'observe',
};

/** The hub stack as CloudFormation describes it, deployed at a time. */
export function hubStack(expectation: Expectation, at: number) {
  const Outputs = [{ OutputKey: EXPECTATION_OUTPUT, OutputValue: JSON.stringify(expectation) }];
  return { Stacks: [{ LastUpdatedTime: new Date(at), Outputs }] };
}

/** A disposable organization with a deployed Trailmend, in which AWS behaves as it is expected to. Time passes by waiting. */
export class FakeOrganization implements Aws {
  /** Everything that a run may change, as it stands. */
  readonly state = new Set(['linked role']);
  readonly asked: string[] = [];
  time = Date.parse('2026-12-01T09:00:00Z');
  /** Answers of a test, instead of those below. */
  readonly instead: Answers = {};
  readonly #records: { account: string; region: string; name: string; record: Input }[] = [];

  readonly clock = {
    now: () => this.time,
    pause: async (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      this.time += ms;
    },
  };

  client<C>(_kind: unknown, as: Caller, region: string): C {
    const send = async (command: { constructor: { name: string }; input: Input }) => {
      const name = command.constructor.name.replace(/Command$/, '');
      this.asked.push(name);
      const answer = this.instead[name] ?? this.#answers[name];
      if (answer === undefined) {
        throw new Error(`the fake organization does not know ${name}`);
      }
      return answer({ input: command.input, as, region });
    };
    return { send } as C;
  }

  async refusedVolume(as: Caller, region: string): Promise<Ec2Answer> {
    const message = `You are not authorized. Encoded authorization failure message: ${'x'.repeat(3000)}`;
    const requestId = this.#record({ input: {}, as, region }, 'CreateVolume', {
      errorCode: 'Client.UnauthorizedOperation',
      errorMessage: message.slice(0, 1024),
    });
    return { code: 'UnauthorizedOperation', message, requestId };
  }

  #record({ as, region }: Asked, name: string, record: Input): string {
    const requestID = `request-${this.#records.length}`;
    const times = { eventTime: new Date(this.time).toISOString(), eventID: `event-${this.#records.length}` };
    const where = { awsRegion: region, recipientAccountId: as.account };
    this.#records.push({
      account: as.account,
      region,
      name,
      record: { ...times, ...where, requestID, requestParameters: null, ...record },
    });
    return requestID;
  }

  /** Refuses a call and records it. */
  #refuse(asked: Asked, name: string, code: string, region = asked.region): never {
    const requestId = this.#record({ ...asked, region }, name, { errorCode: code, errorMessage: code });
    throw Object.assign(awsError(code, code, 403), { $metadata: { httpStatusCode: 403, requestId } });
  }

  #isPowerless({ as }: Asked): boolean {
    return as.name.includes('powerless');
  }

  #make(what: string): object {
    this.state.add(what);
    return {};
  }

  #remove(what: string): object {
    this.state.delete(what);
    return {};
  }

  readonly #answers: Answers = {
    GetCallerIdentity: () => ({ Account: MANAGEMENT, Arn: `arn:aws:sts::${MANAGEMENT}:assumed-role/Admin/alex` }),
    AssumeRole: ({ input }) => {
      const accessKeyId = `ASIA${String(input.RoleArn).slice(-12)}`;
      return { Credentials: { AccessKeyId: accessKeyId, SecretAccessKey: 's', SessionToken: String(input.Policy) } };
    },
    DescribeOrganization: (asked) =>
      this.#isPowerless(asked)
        ? this.#refuse(asked, 'DescribeOrganization', 'AccessDeniedException', 'us-east-1')
        : { Organization: { Id: ORGANIZATION, MasterAccountId: MANAGEMENT } },
    DescribeStacks: () => hubStack(EXPECTATION, this.time - 3_600_000),
    ListStackInstances: () => ({
      Summaries: ['us-east-1', 'eu-west-1'].map((Region) => ({ Account: MEMBER, Region, Status: 'CURRENT' })),
    }),
    ListRules: ({ input }) => ({
      Rules: [
        { Name: 'TrailmendHub-Rule', EventPattern: input.EventBusName ? '{}' : 'CloudFormation Stack Status Change' },
      ],
    }),
    GetMetricStatistics: ({ input }) => {
      const names = (input.Dimensions as { Name: string }[]).map(({ Name }) => Name).join('+');
      const ofHub = input.MetricName === 'MatchedEvents' && Number(input.EndTime) === this.time;
      const isThere = input.MetricName === 'FailedInvocations' ? false : !ofHub || names === 'EventBusName+RuleName';
      return { Datapoints: isThere ? [{ Sum: 2 }] : [] };
    },
    ListMetrics: () => ({ Metrics: [{ MetricName: 'Sweeps', Dimensions: [] }] }),
    CreateTopic: () => this.#make('topic'),
    DeleteTopic: () => this.#remove('topic'),
    Publish: ({ input }) => {
      if ([...String(input.Subject)].length > 99) {
        throw awsError('InvalidParameterException', 'Invalid parameter: Subject');
      }
      return {};
    },
    DescribeAlarms: () => ({ MetricAlarms: [{ StateValue: 'OK' }] }),
    SetAlarmState: ({ input }) => (input.StateValue === 'ALARM' ? this.#make('alarm') : this.#remove('alarm')),
    DescribeAlarmHistory: () => ({
      AlarmHistoryItems: [{ HistorySummary: `Successfully executed action ${EXPECTATION.topicArn}` }],
    }),
    CreateRole: ({ input, as }) => this.#make(`${input.RoleName} ${as.account}`),
    DeleteRole: ({ input, as }) => this.#remove(`${input.RoleName} ${as.account}`),
    PutRolePolicy: () => this.#make('policy'),
    DeleteRolePolicy: () => this.#remove('policy'),
    GetRole: ({ input, as }) => {
      if (as.credentials.sessionToken?.includes('aws-service-role')) {
        throw awsError('AccessDenied', 'not authorized', 403);
      }
      if (input.RoleName !== 'AWSServiceRoleForCloudTrail' || !this.state.has('linked role')) {
        throw awsError('NoSuchEntityException', 'not found', 404);
      }
      return {};
    },
    CreateServiceLinkedRole: () => {
      if (this.state.has('linked role')) {
        throw awsError('InvalidInputException', 'the name has been taken in this account');
      }
      return this.#make('linked role');
    },
    DeleteServiceLinkedRole: () => ({ ...this.#remove('linked role'), DeletionTaskId: 'task' }),
    GetServiceLinkedRoleDeletionStatus: () => ({ Status: 'SUCCEEDED' }),
    ListAWSServiceAccessForOrganization: () => ({ EnabledServicePrincipals: [] }),
    EnableAWSServiceAccess: () => this.#make('trusted access'),
    DisableAWSServiceAccess: () => this.#remove('trusted access'),
    ListDelegatedAdministrators: () => ({ DelegatedAdministrators: [] }),
    RegisterDelegatedAdministrator: () => this.#make('delegated administrator'),
    DeregisterDelegatedAdministrator: () => this.#remove('delegated administrator'),
    DescribeTrails: () => ({ trailList: [] }),
    CreateTrail: (asked) => {
      if (asked.input.IsOrganizationTrail === true && !this.state.has('linked role')) {
        this.#refuse(asked, 'CreateTrail', 'NoManagementAccountSLRExistsException');
      }
      return this.#make(`trail ${asked.input.Name}`);
    },
    StartLogging: () => ({}),
    DeleteTrail: ({ input }) => this.#remove(`trail ${input.Name}`),
    GetTrailStatus: (asked) => this.#refuse(asked, 'GetTrailStatus', 'AccessDeniedException'),
    StopLogging: (asked) => this.#refuse(asked, 'StopLogging', 'AccessDeniedException'),
    PutEvents: () => ({ Entries: [{ ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'no' }] }),
    LookupEvents: ({ input, as, region }) => {
      const [attribute] = input.LookupAttributes as { AttributeValue: string }[];
      const own = this.#records.filter((one) => one.account === as.account && one.region === region);
      const shown = own.filter(({ name, record }) => {
        const age = this.time - Date.parse(String(record.eventTime));
        return name === attribute?.AttributeValue && age >= 5 * 60_000;
      });
      return { Events: shown.map(({ record }) => ({ CloudTrailEvent: JSON.stringify(record) })) };
    },
    Query: ({ input }) => {
      const values = input.ExpressionAttributeValues as Record<string, { S: string }>;
      return { Items: [attributesOf({ pk: 'incident#1', sk: values[':sk']?.S ?? '' })] };
    },
    GetItem: ({ input }) => {
      const id = (input.Key as { sk: { S: string } }).sk.S.slice('event#'.length);
      const found = this.#records.find(({ record }) => record.eventID === id);
      const isRole = found?.name === 'CreateTrail';
      const audit = {
        account: found?.account,
        region: found?.region,
        case: isRole ? 'missing-service-linked-role' : 'cloudtrail-action-denied',
      };
      const recordedAt = Date.parse(String(found?.record.eventTime)) + 20_000;
      return { Item: attributesOf({ recordedAt, audit: JSON.stringify(audit) }) };
    },
  };
}
