import { archiveOf } from '../cloudtrail/archive';
import { type Call, type Service, textIn, type World } from './operation';
import { ServiceError } from './service-error';

/** Objects or folders of one page: few, so that callers must page. */
const PAGE_SIZE = 3;

/** S3, as far as the archive of the trails goes: the names and sizes of log files. */
export const s3: Service = {
  protocol: 'rest',
  denialCode: 'AccessDenied',
  operations: {
    ListObjectsV2: {
      permissions: (call) => {
        const context = { 's3:prefix': textIn(call, 'prefix'), 's3:delimiter': textIn(call, 'delimiter') };
        return [{ action: 's3:ListBucket', resource: `arn:aws:s3:::${textIn(call, 'Bucket')}`, context }];
      },
      perform: (call, world) => ({ ListBucketResult: list(call, world) }),
    },
  },
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
function list(call: Call, { organization, history }: World) {
  const [bucket, prefix, delimiter] = [textIn(call, 'Bucket'), textIn(call, 'prefix'), textIn(call, 'delimiter')];
  if (![...organization.trails.values()].some((trail) => trail.bucket === bucket)) {
    throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
  }
  const after = textIn(call, 'continuation-token') || textIn(call, 'start-after');
  const files = archiveOf(organization, history).filter(
    (file) => file.bucket === bucket && file.key.startsWith(prefix),
  );
  const entries = new Map<string, object>();
  for (const { key, bytes } of files) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const folder = key.slice(0, end + delimiter.length);
    if (end >= 0) entries.set(folder, { CommonPrefixes: { Prefix: folder } });
    else entries.set(key, { Contents: { Key: key, Size: bytes } });
  }
  const names = [...entries.keys()].filter((name) => name > after);
  const page = names.slice(0, PAGE_SIZE);
  const next = names.length > page.length ? page.at(-1) : undefined;
  const shown = page.map((name) => Object.entries(entries.get(name) ?? {}));
  const of = (kind: string) => shown.flat().flatMap(([name, entry]) => (name === kind ? [entry] : []));
  return {
    Name: bucket,
    Prefix: prefix,
    IsTruncated: next !== undefined,
    Contents: of('Contents'),
    CommonPrefixes: of('CommonPrefixes'),
    ...(next === undefined ? {} : { NextContinuationToken: next }),
  };
}
