import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AuditLine } from '../../lambda/audit/audit-line';
import type { AuditRecord } from '../../lambda/audit/audit-record';
import type { SweepRecord } from '../../lambda/audit/sweep-record';
import type { Edges } from '../../lambda/edges';
import type { NoticePolicy } from '../../lambda/incidents/notice-policy';
import { storeOn } from '../../lambda/incidents/store';
import type { Notice } from '../../lambda/notice/notice';
import type { ServiceLinkedRole } from '../../lambda/plan/service-linked-roles';
import { respond } from '../../lambda/respond';
import { en } from '../../lambda/texts/en';
import { expectRecord } from './audit-schema';
import { LocalTable } from './local-table';

/** ARN of the role that Trailmend runs as on the stage. */
export const RESPONDER = 'arn:aws:iam::111122223333:role/TrailmendHub-Responder';

/** ARN of the role of the canary on the stage. */
export const CANARY = 'arn:aws:iam::111122223333:role/TrailmendHub-Canary';

const MINUTE = 60_000;

/** The settings' defaults. */
export const POLICY: NoticePolicy = {
  immediate: 'medium',
  gatherMs: MINUTE,
  windowMs: 60 * MINUTE,
  digestHour: 7,
  cap: 20,
  keepMs: 365 * 24 * 60 * MINUTE,
  suppressions: [],
};

/** The story of an event with the real store on a local database, a clock that tests move, and everything else fake. */
export class Stage {
  readonly table = new LocalTable();
  readonly notices: Notice[] = [];
  /** Everything that was recorded, of whatever kind. */
  readonly lines: AuditLine[] = [];
  readonly ensured: ServiceLinkedRole[] = [];
  now = Date.parse('2026-11-02T03:04:10Z');
  edges!: Edges;
  #messages = 0;

  /** The records of events. */
  get records(): AuditRecord[] {
    return this.lines.filter((line) => line.kind === 'event');
  }

  async open(changes: Partial<Edges> = {}): Promise<this> {
    return this.openOn(await this.table.open(), changes);
  }

  /** The stage on a client of its table, which the caller has opened. */
  openOn(client: DynamoDBClient, changes: Partial<Edges> = {}): this {
    this.edges = {
      organization: { managementAccount: '111122223333', responderRole: RESPONDER, canaryRole: CANARY },
      deliveries: 6,
      ensureRole: async (role) => {
        this.ensured.push(role);
        return { role, kind: 'created' };
      },
      // Tests of what it notes for the probe bring their own.
      heard: { note: async () => undefined, canary: async () => undefined },
      texts: en,
      accountName: async () => 'Security',
      listDelegatedAdministrators: async () => ['222233334444'],
      hasOrganizationTrail: async () => false,
      publishNotice: async (notice) => `notice-${this.notices.push(notice)}`,
      record: (line) => this.lines.push(expectRecord(line)),
      now: () => this.now,
      store: storeOn(client, this.table.name, POLICY.keepMs),
      policy: POLICY,
      ...changes,
    };
    return this;
  }

  /** Delivers an event, or whatever else a message may hold, once; true when it is to be delivered again. */
  deliver(event: unknown, { delivery = 1, id = this.#nextId(), sentAt = this.now } = {}): Promise<boolean> {
    const body = typeof event === 'string' ? event : JSON.stringify(event);
    return respond({ id, body, delivery, sentAt }, this.edges);
  }

  #nextId(): string {
    this.#messages += 1;
    return `m-${this.#messages}`;
  }

  /** Lets time pass, with the schedule's message every minute, or less often to save time. */
  async pass(minutes: number, every = 1): Promise<void> {
    for (let passed = 0; passed < minutes; passed += every) {
      this.now += every * MINUTE;
      await this.sweep();
    }
  }

  /** What the schedule does once; returns its record. */
  async sweep(): Promise<SweepRecord> {
    await this.deliver('{"trailmend":"sweep"}');
    const sweeps = this.lines.filter((line) => line.kind === 'sweep');
    return sweeps.at(-1) as SweepRecord;
  }

  /** The operations on the table that `work` asks for. */
  async asks(work: () => Promise<unknown>): Promise<string[]> {
    this.table.asked.length = 0;
    await work();
    return [...this.table.asked];
  }

  close(): Promise<void> {
    return this.table.close();
  }
}

/** A refused call as CloudTrail records it, for want of an identity-based policy. */
export function refusal({
  id = 'e-1',
  user = 'mateo',
  account = '222233334444',
  action = 'cloudtrail:CreateTrail',
  at = '2026-11-02T03:04:05Z',
} = {}): unknown {
  const because = `because no identity-based policy allows the ${action} action`;
  const arn = `arn:aws:iam::${account}:user/${user}`;
  const [service, operation] = action.split(':');
  return {
    version: '0',
    id: `envelope-${id}`,
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.cloudtrail',
    account,
    time: at,
    region: 'eu-west-1',
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: { type: 'IAMUser', principalId: 'AIDA', arn, accountId: account, userName: user },
      eventTime: at,
      eventSource: `${service}.amazonaws.com`,
      eventName: operation,
      awsRegion: 'eu-west-1',
      errorCode: 'AccessDenied',
      errorMessage: `User: ${arn} is not authorized to perform: ${action} on resource: arn:aws:cloudtrail:eu-west-1:${account}:trail/main ${because}`,
      requestParameters: null,
      responseElements: null,
      eventID: id,
      readOnly: /^(Get|List|Describe)/.test(operation ?? ''),
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
    },
  };
}

/**
 * Makes a stage, opened if it is not, break off at call number `at` to the table or SNS: before it is carried out, or with the
 * answer lost after it.
 */
export async function breaking(stage: Stage, at: number, when: 'before' | 'after'): Promise<Stage> {
  let calls = 0;
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    calls += 1;
    const breaks = calls === at;
    if (breaks && when === 'before') throw new Error('broken off');
    const answer = await work();
    if (breaks) throw new Error('broken off');
    return answer;
  };
  if (!stage.edges) await stage.open();
  const { publishNotice } = stage.edges;
  const client = stage.table.client as unknown as { send: (command: unknown) => Promise<unknown> };
  const send = client.send.bind(client);
  client.send = (command) => guard(() => send(command));
  Object.assign(stage.edges, { publishNotice: (notice: Notice) => guard(() => publishNotice(notice)) });
  return stage;
}
