import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AuditLine } from '../../lambda/audit/audit-line';
import type { ProbeRecord } from '../../lambda/audit/probe-record';
import type { Verdict } from '../../lambda/health/check';
import type { Expectation } from '../../lambda/health/expectation';
import type { ProbeItems } from '../../lambda/health/health-items';
import { type Cursor, HealthStore } from '../../lambda/health/health-store';
import { Heard } from '../../lambda/health/heard';
import type { HistoryPage, ProbeEdges } from '../../lambda/health/probe-edges';
import { runProbe } from '../../lambda/health/run-probe';
import type { Trigger } from '../../lambda/health/trigger';
import { Table } from '../../lambda/incidents/table';
import type { Notice } from '../../lambda/notice/notice';
import type { ServiceLinkedRole } from '../../lambda/plan/service-linked-roles';
import { expectRecord } from './audit-schema';
import { LocalTable } from './local-table';
import { POLICY } from './stage';

const MINUTE = 60_000;

/** The deployment of the stage. */
export const EXPECTATION: Expectation = {
  stackName: 'TrailmendHub',
  managementAccount: '111122223333',
  partition: 'aws',
  homeRegion: 'us-east-1',
  regions: ['us-east-1', 'eu-west-1'],
  organizationId: 'o-exampleorgid',
  organizationalUnits: [],
  accountFilter: null,
  stackSetName: null,
  busArn: 'arn:aws:events:us-east-1:111122223333:event-bus/trailmend',
  queueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/queue',
  deadLettersUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/dead-letters',
  topicArn: 'arn:aws:sns:us-east-1:111122223333:notices',
  keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1',
  tableName: 'incidents',
  responderRoleArn: 'arn:aws:iam::111122223333:role/TrailmendHub-Responder',
  probeRoleArn: 'arn:aws:iam::111122223333:role/TrailmendHub-Probe',
  canaryRoleArn: 'arn:aws:iam::111122223333:role/TrailmendHub-Canary',
  emails: 1,
  remediation: 'auto',
};

const SCHEDULE: Trigger = { kind: 'schedule' };

/** The probe with the real store on a local database, a clock that tests move, and everything else fake. */
export class ProbeStage {
  readonly table = new LocalTable();
  readonly lines: AuditLine[] = [];
  readonly notices: Notice[] = [];
  /** Regions in which the canary called. */
  readonly called: string[] = [];
  /** Regions from which its refused call does not come back. */
  readonly silent = new Set<string>();
  /** What was put into the queue. */
  readonly queued: string[] = [];
  /** Pages of the event history that were asked for. */
  readonly asked: { region: string; page: Cursor }[] = [];
  /** What checks come to, and how often they were made. */
  verdicts: Verdict[] = [];
  checked = 0;
  /** Whether CloudTrail's first role is there. */
  roles = new Set(['AWSServiceRoleForCloudTrail']);
  readonly ensured: ServiceLinkedRole[] = [];
  services: string[] = [];
  history = (_region: string, _page: Cursor): HistoryPage => ({ records: [], token: null });
  now = Date.parse('2026-11-02T03:04:10Z');
  edges!: ProbeEdges;
  #runs = 0;

  async open(changes: Partial<ProbeEdges> = {}): Promise<this> {
    return this.openOn(await this.table.open(), changes);
  }

  openOn(client: DynamoDBClient, changes: Partial<ProbeEdges> = {}): this {
    const heard = new Heard(new Table(client, this.table.name), POLICY.keepMs);
    this.edges = {
      expectation: EXPECTATION,
      store: new HealthStore(new Table(client, this.table.name), POLICY.keepMs),
      aws: {
        hasRole: async (name) => this.roles.has(name),
        trustedServices: async () => this.services,
        delegatedAdministrators: async () => [],
      },
      ensureRole: async (role) => {
        const isNew = !this.roles.has(role.name);
        this.roles.add(role.name);
        if (isNew) this.ensured.push(role);
        return { role, kind: 'created' };
      },
      callCanary: async (region) => {
        this.called.push(region);
        const place = { account: EXPECTATION.managementAccount, region };
        if (!this.silent.has(region)) await heard.canary(place, { at: this.now, eventId: 'canary' }, this.now);
      },
      lookUp: async (region, page) => {
        this.asked.push({ region, page });
        return this.history(region, page);
      },
      sendMessage: async (body) => void this.queued.push(body),
      runChecks: async () => {
        this.checked += 1;
        return this.verdicts;
      },
      locale: 'en',
      publishNotice: async (notice) => `notice-${this.notices.push(notice)}`,
      record: (line) => this.lines.push(expectRecord(line)),
      now: () => this.now,
      wait: async () => undefined,
      ...changes,
    };
    return this;
  }

  /** One run, some minutes after the one before. */
  async run(trigger: Trigger = SCHEDULE, minutes = 5): Promise<ProbeRecord> {
    this.now += minutes * MINUTE;
    this.#runs += 1;
    return runProbe({ id: `run-${this.#runs}`, trigger }, this.edges);
  }

  items(): Promise<ProbeItems> {
    return this.edges.store.read();
  }

  /** Subjects of the notices, without who sends them. */
  get told(): string[] {
    return this.notices.map(({ subject }) => subject.replace(/^Trailmend: /, ''));
  }

  close(): Promise<void> {
    return this.table.close();
  }
}

/** A trail check of one Region that failed: no trail logs there. */
export function noTrail(region: string): Verdict {
  const place = { account: '111122223333', region };
  return {
    check: 'trail',
    subject: `111122223333 ${region}`,
    status: 'failed',
    saw: { kind: 'no-trail' },
    place,
    mend: [`aws cloudtrail start-logging --name <name> --region ${region}`],
  };
}

/** The same check where all is well. */
export function trailLogs(region: string): Verdict {
  return { ...noTrail(region), status: 'ok', saw: { kind: 'trail-logs', trails: ['main'] }, mend: [] };
}
