import { ListObjectsV2Command, type ListObjectsV2CommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { each } from '../../lambda/health/each';
import { ScanError } from '../scan-error';
import { FORMS } from './literal';

/** Days as the archive names them, `yyyy/MM/dd`: the first and the last that are read. */
export type Days = { readonly first: string; readonly last: string };

/**
 * The log files of an archive in S3, of which only names and sizes are looked at.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export class Archive {
  readonly #bucket: string;
  readonly #prefix: string;
  /** Pages that were asked for: S3 charges for each. */
  calls = 0;

  /** @param url `s3://bucket/…/AWSLogs/` or `s3://bucket/…/AWSLogs/o-…/` */
  constructor(
    private readonly client: S3Client,
    private readonly url: string,
    private readonly signal: AbortSignal,
  ) {
    const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(url) ?? [];
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  /** Accounts that ever delivered to it, those that left the organization too. */
  async accounts(): Promise<string[]> {
    const folders = await this.#folders('');
    const accounts = folders.filter((name) => FORMS.account.test(name));
    const organization = folders.find((name) => /^o-[a-z0-9]{10,32}$/.test(name));
    if (accounts.length === 0) {
      const what = organization
        ? `it is that of an organization: give --archive ${this.url}${organization}/`
        : 'check --archive: it ends with AWSLogs/ or, of an organization, AWSLogs/o-…/';
      throw new ScanError(`there are no accounts in ${this.url}; ${what}.`);
    }
    return accounts;
  }

  /** Regions that any of the accounts delivered for. */
  async regions(accounts: readonly string[]): Promise<string[]> {
    const found = await each(accounts, (account) => this.#folders(`${account}/CloudTrail/`));
    return [...new Set(found.flat())].filter((name) => FORMS.region.test(name)).sort();
  }

  /** Size of what was delivered for an account and Region on these days. */
  async bytes(account: string, region: string, { first, last }: Days): Promise<number> {
    const place = `${this.#prefix}${account}/CloudTrail/${region}/`;
    let bytes = 0;
    for await (const { Contents = [] } of this.#pages({ Prefix: place, StartAfter: `${place}${first}` })) {
      const wanted = Contents.filter(({ Key = '' }) => Key.slice(place.length, place.length + last.length) <= last);
      bytes += wanted.reduce((sum, { Size = 0 }) => sum + Size, 0);
      if (wanted.length < Contents.length) {
        break;
      }
    }
    return bytes;
  }

  async #folders(under: string): Promise<string[]> {
    const Prefix = `${this.#prefix}${under}`;
    const folders: string[] = [];
    for await (const { CommonPrefixes = [] } of this.#pages({ Prefix, Delimiter: '/' })) {
      folders.push(...CommonPrefixes.map(({ Prefix: path = '' }) => path.slice(Prefix.length, -1)));
    }
    return folders;
  }

  async *#pages(asked: { Prefix: string; StartAfter?: string; Delimiter?: string }) {
    let ContinuationToken: string | undefined;
    do {
      this.calls += 1;
      const command = new ListObjectsV2Command({ Bucket: this.#bucket, ...asked, ContinuationToken });
      const page: ListObjectsV2CommandOutput = await this.client.send(command, { abortSignal: this.signal });
      yield page;
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }
}
