import { METRICS } from '../../lambda/audit/metrics';
import { CASES } from '../../lambda/cases';
import { ALARM_NAMES } from '../../lib/observability/alarms';
import schema from '../../schemas/audit-1.schema.json';
import { hubTemplate, plain, resourceOf, resourcesOf } from './hub-template';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:on-call';
const template = hubTemplate({ alarmTopicArn: TOPIC });
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
const alarm = (name: string) => alarms.find(({ AlarmName }) => AlarmName === name) ?? {};

/** The metrics that an alarm or a part of the dashboard reads, as `namespace/name`. */
const metricsOf = ({ Namespace, MetricName, Metrics = [] }: ReturnType<typeof alarm>): string[] =>
  MetricName
    ? [`${Namespace}/${MetricName}`]
    : Metrics.flatMap(({ MetricStat }: { MetricStat?: { Metric: { Namespace: string; MetricName: string } } }) =>
        MetricStat ? [`${MetricStat.Metric.Namespace}/${MetricStat.Metric.MetricName}`] : [],
      );

describe('the alarms', () => {
  it('publish to the topic of the notices and to the one of the settings', () => {
    for (const { AlarmActions } of alarms) {
      expect(plain(AlarmActions)).toEqual([expect.stringMatching(/^<NoticesTopic\w+>$/), TOPIC]);
    }
  });

  it('begin with what has happened, and end with where to read on', () => {
    for (const { AlarmName, AlarmDescription } of alarms) {
      expect(AlarmDescription).toMatch(new RegExp(`^[A-Z].*[.?] What to do: docs/runbook\\.md#${AlarmName}$`));
    }
  });

  it('watch each its own metrics', () => {
    const watched = alarms.map((each) => [...new Set(metricsOf(each))].sort().join(' '));

    expect(new Set(watched).size).toBe(Object.keys(ALARM_NAMES).length);
  });

  it('name no metric of Trailmend that it does not publish', () => {
    const own = alarms.flatMap(metricsOf).filter((name) => name.startsWith('Trailmend/'));

    expect(own.filter((name) => !(name.slice('Trailmend/'.length) in METRICS))).toEqual([]);
    expect(own.length).toBeGreaterThan(5);
  });

  it('take silence for well, but for the heartbeats', () => {
    const breaching = alarms.filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching');

    expect(breaching).toEqual(
      [ALARM_NAMES.SweepsMissing, ALARM_NAMES.ProbeMissing].map((AlarmName) =>
        expect.objectContaining({
          AlarmName,
          TreatMissingData: 'breaching',
          ComparisonOperator: 'LessThanThreshold',
          Threshold: 1,
          EvaluationPeriods: 3,
          Period: 300,
        }),
      ),
    );
  });

  it('hear of a change by hand by the metrics of its rules alone', () => {
    expect(metricsOf(alarm(ALARM_NAMES.Tampered))).toEqual(['AWS/Events/MatchedEvents', 'AWS/Events/MatchedEvents']);
    expect(JSON.stringify(plain(alarm(ALARM_NAMES.Tampered).Metrics))).toMatch(
      /TamperingByHandRule.*TamperingByHandOthers/,
    );
  });

  it('wait for a failed delivery to come back before they speak of failing', () => {
    const visibility = resourceOf(template, 'AWS::SQS::Queue', 'RefusalsQueue').Properties.VisibilityTimeout;

    for (const name of [ALARM_NAMES.ResponderFailing, ALARM_NAMES.DeliveriesFailing, ALARM_NAMES.NoticesFailing]) {
      const { Period, EvaluationPeriods, DatapointsToAlarm } = alarm(name);
      expect(DatapointsToAlarm).toBe(2);
      expect(Period).toBeLessThan(visibility);
      expect(Period * EvaluationPeriods).toBeGreaterThan(2 * visibility);
    }
  });

  it('speak of an old queue only after a message has had its third delivery', () => {
    const visibility = resourceOf(template, 'AWS::SQS::Queue', 'RefusalsQueue').Properties.VisibilityTimeout;

    expect(alarm(ALARM_NAMES.QueueOld).Threshold).toBeGreaterThan(2 * visibility);
  });

  it('speak of a slow responder before it runs out of time', () => {
    const { Timeout } = resourceOf(template, 'AWS::Lambda::Function', 'ResponderFunction').Properties;

    expect(alarm(ALARM_NAMES.ResponderSlow)).toMatchObject({ Threshold: 0.75 * Timeout * 1_000, Statistic: 'Maximum' });
  });

  it('see every rule lose events, each by the dimensions of its bus', () => {
    const { Metrics } = alarm(ALARM_NAMES.EventsLost);
    const dimensions = Metrics.flatMap(
      ({ MetricStat }: { MetricStat?: { Metric: { Dimensions: { Name: string }[] } } }) =>
        MetricStat ? [MetricStat.Metric.Dimensions.map(({ Name }) => Name).join(' ')] : [],
    );

    expect(dimensions.filter((names: string) => names === 'EventBusName RuleName')).toHaveLength(2);
    // CloudWatch takes ten metrics in an alarm at most.
    expect(dimensions.length).toBeLessThanOrEqual(10);
    // The probe's own rules are left out: alarms of their own miss its runs.
    const others = resourcesOf(template, 'AWS::Events::Rule').filter(([id]) => !/^(?:Probe|Tampering)/.test(id));
    expect(dimensions).toHaveLength(others.length);
  });

  it('see every operation on the table that the responder may do', () => {
    const metrics = metricsOf(alarm(ALARM_NAMES.TableFailing));

    // CloudWatch takes ten at most.
    expect(metrics).toHaveLength(8);
    expect(new Set(metrics)).toEqual(new Set(['AWS/DynamoDB/ThrottledRequests', 'AWS/DynamoDB/SystemErrors']));
  });
});

type Widget = {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: Record<string, unknown>;
};

const body = () => {
  const { Properties } = resourceOf(template, 'AWS::CloudWatch::Dashboard', 'Observability');
  return JSON.parse(plain(Properties.DashboardBody) as string) as { widgets: Widget[] };
};

describe('the dashboard', () => {
  const { widgets } = body();
  const ofType = (type: string) => widgets.filter((widget) => widget.type === type).map(({ properties }) => properties);

  it('is found by its name', () => {
    expect(resourceOf(template, 'AWS::CloudWatch::Dashboard', 'Observability').Properties.DashboardName).toBe(
      'Trailmend',
    );
  });

  it('shows every alarm', () => {
    const [status] = ofType('alarm');

    expect(status?.alarms).toHaveLength(Object.keys(ALARM_NAMES).length);
  });

  it('answers five questions, in the order in which they are asked', () => {
    const questions = ofType('text').map(({ markdown }) => String(markdown).split('?')[0]);

    expect(questions).toEqual(['Alive', 'Open', 'Mended', 'Told', 'Where from']);
    for (const { markdown } of ofType('text')) expect(String(markdown).length).toBeLessThan(120);
  });

  it('fills its grid, and nothing covers anything', () => {
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, at) => `${x + (at % width)},${y + Math.floor(at / width)}`),
    );

    expect(new Set(cells).size).toBe(cells.length);
    expect(widgets.every(({ x, width }) => x + width <= 24)).toBe(true);
  });

  it('draws fewer than 500 metrics, of which ours are published', () => {
    const metrics = ofType('metric').flatMap((properties) => properties.metrics as unknown[][]);
    const own = metrics.filter(([namespace]) => namespace === 'Trailmend').map(([, name]) => String(name));

    expect(metrics.length).toBeLessThan(500);
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter((name) => !(name in METRICS))).toEqual([]);
  });

  it('shows the trend of every case', () => {
    const expressions = ofType('metric').flatMap(({ metrics }) =>
      (metrics as [{ expression?: string; label?: string }][]).flatMap(([{ expression, label }]) =>
        expression ? [{ expression, label }] : [],
      ),
    );

    expect(expressions.map(({ label }) => label)).toEqual(CASES.map(({ id }) => id));
    for (const { expression, label } of expressions) {
      expect(expression).toBe(
        `SUM(SEARCH('{Trailmend,case,planKind,outcome} MetricName="Denials" case="${label}"', 'Sum', 3600))`,
      );
    }
  });

  it('is the same when synthesized twice', () => {
    const text = () =>
      JSON.stringify(plain(resourceOf(hubTemplate(), 'AWS::CloudWatch::Dashboard', 'Observability').Properties));

    expect(text()).toBe(text());
  });
});

describe('the queries', () => {
  const saved = resourcesOf(template, 'AWS::Logs::QueryDefinition').map(([, { Properties }]) => Properties);
  const shown = body().widgets.flatMap(({ type, properties }) =>
    type === 'log'
      ? [[String(properties.title), String(properties.query).replace(/^SOURCE '[^']*' \| /, '')] as const]
      : [],
  );
  const all = [...saved.map(({ Name, QueryString }) => [Name, QueryString] as const), ...shown];

  it('are ten, in a folder of their own, on the log group of the responder', () => {
    expect(saved).toHaveLength(10);
    expect(new Set(saved.map(({ Name }) => Name)).size).toBe(10);
    for (const { Name, LogGroupNames } of saved) {
      expect(Name).toMatch(/^trailmend\/[a-z-]+$/);
      expect(plain(LogGroupNames)).toEqual([expect.stringMatching(/^<ResponderLog\w+>$/)]);
    }
  });

  it.each(all)('%s names only fields that the audit log has', (_name, query) => {
    const fields = fieldsIn(query);

    expect(fields.filter((field) => !isInSchema(field))).toEqual([]);
    expect(fields.length).toBeGreaterThan(0);
  });

  it.each(all)('%s compares only with values that the fields can have', (_name, query) => {
    const compared = [...query.matchAll(/(\w+(?:\.\w+)*) (?:=|!=|in|not in) ("[^"]*"|\[[^\]]*\])/g)].flatMap(
      ([, field = '', values = '']) => [...values.matchAll(/"([^"]*)"/g)].map(([, value = '']) => ({ field, value })),
    );

    expect(compared.length).toBeGreaterThan(0);
    for (const { field, value } of compared) {
      const allowed = partsOf(field).flatMap((part) => valuesOf(part));
      if (allowed.length > 0) expect(allowed).toContain(value);
      else expect(value).toMatch(/^[A-Z-]+$/);
    }
  });
});

/** What is no field in a query: commands, operators, functions and what it names itself. */
const WORDS = new Set(
  'fields filter stats sort limit by as asc desc and or not in like count latest count_distinct @message'.split(' '),
);

function fieldsIn(query: string): string[] {
  const plainText = query.replace(/"[^"]*"|\/[^/\n]*\//g, ' ');
  const named = new Set([...plainText.matchAll(/\bas (\w+)/g)].map(([, name]) => name));
  const words = plainText.match(/[@`\w.]+/g) ?? [];
  return [...new Set(words.map((word) => word.replaceAll('`', '')))].filter(
    (word) => !WORDS.has(word) && !named.has(word) && !/^\d+$/.test(word),
  );
}

type Part = {
  $ref?: string;
  properties?: Record<string, Part>;
  items?: Part;
  const?: unknown;
  enum?: unknown[];
  [keyword: string]: unknown;
};

const definitions: Record<string, Part> = schema.definitions;
const resolved = (part: Part): Part =>
  part.$ref ? resolved(definitions[part.$ref.replace('#/definitions/', '')] ?? {}) : part;

/** The parts of the schema that a path of Logs Insights leads to, in each kind of record. */
function partsOf(path: string): Part[] {
  const kinds = schema.oneOf.map((part) => resolved(part));
  return kinds.flatMap((kind) => {
    const found = path.split('.').reduce<Part | undefined>((part, step) => {
      const inner = part && (/^\d+$/.test(step) ? part.items : part.properties?.[step]);
      return inner && resolved(inner);
    }, kind);
    return found ? [found] : [];
  });
}

function isInSchema(field: string): boolean {
  return partsOf(field).length > 0;
}

function valuesOf(part: Part): unknown[] {
  return part.const === undefined ? (part.enum ?? []) : [part.const];
}
