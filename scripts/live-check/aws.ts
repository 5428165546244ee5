import { type Ec2Answer, refusedVolume } from './ec2';

/** What requests are signed with. */
export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** Somebody who calls AWS. */
export type Caller = {
  readonly account: string;
  /** How people call it: `management account`, `member account`. */
  readonly name: string;
  readonly credentials: Credentials;
};

/** Settings that every SDK client here is made of. */
export type ClientSettings = {
  readonly region: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
};

/** The way to AWS. The SDK obeys `AWS_ENDPOINT_URL`; tests hand in plain fakes. */
export type Aws = {
  /** The client of a service, for a caller and a Region. */
  client<C>(kind: new (settings: ClientSettings) => C, as: Caller, region: string): C;
  /** Asks EC2 for a volume, dry. EC2 has no client here: one call is not worth its size. */
  refusedVolume(as: Caller, region: string): Promise<Ec2Answer>;
};

/** The real AWS, with one client per service, caller and Region. */
export class LiveAws implements Aws {
  readonly #clients = new Map<string, unknown>();

  client<C>(kind: new (settings: ClientSettings) => C, as: Caller, region: string): C {
    const { accessKeyId } = as.credentials;
    const key = [kind.name, accessKeyId, region].join();
    const client = this.#clients.get(key) ?? new kind({ region, credentials: as.credentials, maxAttempts: 5 });
    this.#clients.set(key, client);
    return client as C;
  }

  refusedVolume(as: Caller, region: string): Promise<Ec2Answer> {
    return refusedVolume(as.credentials, region);
  }
}
