import actionData from '../../../lambda/denial/action-data.json';
import { fixtureFolders, fixturesOf } from '../../support/fixtures';
import { ACCOUNT, principalOf, refusal } from './denials';
import type { Home, Identity } from './identities';

/** A record or bare message to explain, named so that a failure can be found again. */
export type Sample = { readonly name: string; readonly event: unknown };

const IMPLICIT = ' because no identity-based policy allows it';

/** Every fixture, called by `identity` in `home`. */
export function fixtureSamples(identity: Identity, { partition, region }: Home): Sample[] {
  return fixtureFolders.flatMap(fixturesOf).map(({ name, event }) => {
    const moved = JSON.parse(
      JSON.stringify(event)
        .replaceAll(/arn:aws[a-z-]*:([a-z0-9]+):([a-z0-9-]*):/g, (_arn, service, place) =>
          ['arn', partition, service, place && region, ''].join(':'),
        )
        .replaceAll(/"(awsRegion|region)":"[^"]+"/g, `"$1":"${region}"`),
    );
    const userIdentity = identity.userIdentity(partition, moved.account);
    const errorMessage = moved.detail.errorMessage?.replace(/User: \S+/, `User: ${principalOf(userIdentity)}`);
    return { name, event: { ...moved, detail: { ...moved.detail, userIdentity, errorMessage } } };
  });
}

/** Every action of the data, refused on nothing, on a bare name and on each of its resource types, tied to CloudTrail. */
export function actionSamples(identity: Identity, home: Home): Sample[] {
  return Object.entries(actionData).flatMap(([service, { actions, resources }]) => {
    const arns: Readonly<Record<string, string>> = resources;
    return Object.entries(actions).flatMap(([action, types]) => {
      const named = types.split(' ').flatMap((type) => (arns[type] ? [filled(arns[type], home)] : []));
      return [null, 'my-cloudtrail', ...named].flatMap((resource) =>
        ['', IMPLICIT].map((reason) => ({
          name: `${service}:${action} on ${resource}${reason}`,
          event: refusal(`${service}:${action}`, resource, reason, { parameters: { name: 'cloudtrail' } })(
            identity,
            home,
          ),
        })),
      );
    });
  });
}

function filled(pattern: string, { partition, region }: Home): string {
  const known: Readonly<Record<string, string>> = { Partition: partition, Region: region, Account: ACCOUNT };
  return pattern.replaceAll(/\$\{(\w+)\}/g, (_gap, name: string) => known[name] ?? `cloudtrail-${name}`);
}

/** Messages that name the caller, alone, as people paste them. */
export function messageSamples(identity: Identity, { partition }: Home): Sample[] {
  const user = `User: ${principalOf(identity.userIdentity(partition, ACCOUNT))} is not authorized to perform: `;
  return unnamed([
    `${user}cloudtrail:GetTrailStatus on resource: My-Trail`,
    `${user}cloudtrail:LookupEvents${IMPLICIT}`,
    `${user}iam:PassRole on resource: arn:${partition}:iam::${ACCOUNT}:role/Logs`,
    `${user}config:DescribeConfigurationRecorders on resource: cloudtrail`,
  ]);
}

/** CloudTrail's own messages, alone: they name neither caller nor account. */
export function answerSamples(): Sample[] {
  return unnamed([
    'AccountID in ARN is wrong, you can only access resources with AccountID 444455556666.',
    'Incorrect S3 bucket policy is detected for bucket: example-logs',
    'Access denied. Check the trust relationships for your role.',
    'Access denied. Check the permissions for your role.',
  ]);
}

function unnamed(messages: readonly string[]): Sample[] {
  return messages.map((event) => ({ name: event, event }));
}
