import { type HiveType, readHiveType, splitAtCommas } from './hive-type';

/** A table over log files of CloudTrail, with partitions that are projected. */
export type TableDefinition = {
  readonly database: string;
  readonly table: string;
  readonly columns: ReadonlyMap<string, HiveType>;
  /** Partition columns, and how each is projected. */
  readonly partitions: ReadonlyMap<string, 'injected' | 'date'>;
  /** What the place of a file says of its partition, with a group for each column. */
  readonly places: RegExp;
};

const CREATE =
  /^CREATE EXTERNAL TABLE (IF NOT EXISTS )?`(\w+)`\.`(\w+)` \((.*?)\n\)\s+PARTITIONED BY \((.*?)\)\s+ROW FORMAT SERDE '([^']*)'\s+STORED AS INPUTFORMAT '([^']*)'\s+OUTPUTFORMAT '([^']*)'\s+LOCATION '([^']*)'\s+TBLPROPERTIES \((.*)\)$/s;

/** What log files of CloudTrail are read by. @see https://docs.aws.amazon.com/athena/latest/ug/cloudtrail-logs.html */
const FORMATS = [
  'org.apache.hive.hcatalog.data.JsonSerDe',
  'com.amazon.emr.cloudtrail.CloudTrailInputFormat',
  'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
];

/** Reads the definition of a table, as strictly as one that projects partitions must be; throws what is wrong with it. */
export function readTableDefinition(sql: string): TableDefinition {
  const found = CREATE.exec(sql);
  if (!found) throw new Error('FAILED: ParseException: this is no definition that the sandbox can read');
  const [, , database = '', table = '', columnsText = '', partitionsText = '', ...rest] = found;
  const [formats, location = '', propertiesText = ''] = [rest.slice(0, 3), rest[3], rest[4]];
  if (formats.join() !== FORMATS.join()) throw new Error(`FAILED: these formats read no CloudTrail: ${formats}`);
  const properties = new Map(
    [...propertiesText.matchAll(/'([^']*)' = '([^']*)'/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const partitions = [...columnsOf(partitionsText).keys()];
  const projected = partitions.map((name) => [name, projectionOf(name, properties)] as const);
  if (properties.get('projection.enabled') !== 'true') throw new Error('FAILED: partitions are not projected');
  const places = placesOf(properties.get('storage.location.template') ?? '', location, new Map(projected));
  return { database, table, columns: columnsOf(columnsText), partitions: new Map(projected), places };
}

function columnsOf(text: string): Map<string, HiveType> {
  const columns = splitAtCommas(text).map((column) => {
    const [, name = '', type = ''] = /^\s*`(\w+)` (.*)$/s.exec(column) ?? [];
    const read = readHiveType(type);
    if (!read) throw new Error(`FAILED: ParseException: cannot read the column ${column.trim()}`);
    return [name, read] as const;
  });
  return new Map(columns);
}

function projectionOf(name: string, properties: ReadonlyMap<string, string>): 'injected' | 'date' {
  const type = properties.get(`projection.${name}.type`);
  const isDay =
    properties.get(`projection.${name}.format`) === 'yyyy/MM/dd' &&
    /^\d{4}\/\d\d\/\d\d,NOW$/.test(properties.get(`projection.${name}.range`) ?? '');
  if (type === 'injected' || (type === 'date' && isDay)) return type;
  throw new Error(`FAILED: INVALID_TABLE_PROPERTY: projection of ${name}`);
}

function placesOf(template: string, location: string, partitions: ReadonlyMap<string, string>): RegExp {
  const isWhole = [...partitions.keys()].every((name) => template.includes(`\${${name}}`));
  if (!template.startsWith(location) || !isWhole) {
    throw new Error('FAILED: INVALID_TABLE_PROPERTY: storage.location.template');
  }
  const pattern = template
    .split(/(\$\{\w+\})/)
    .map((piece) => {
      const [, name] = /^\$\{(\w+)\}$/.exec(piece) ?? [];
      if (name === undefined) return piece.replaceAll(/[.+*()!]/g, '\\$&');
      return `(?<${name}>${partitions.get(name) === 'date' ? '\\d{4}/\\d\\d/\\d\\d' : '[^/]+'})`;
    })
    .join('');
  return new RegExp(`^${pattern}/`);
}
