/** An account in one Region: where a call is made, an event enters, a forwarder stands. */
export type Place = { readonly account: string; readonly region: string };

/** Where the resource of an ARN is; of a global service the Region is empty. */
export function placeOf(arn: string): Place {
  const [, , , region = '', account = ''] = arn.split(':');
  return { account, region };
}

/** The account that an ARN names. */
export function accountOf(arn: string): string {
  return placeOf(arn).account;
}

/** ARN of the bus on which AWS services emit the events of a place. */
export function defaultBusArn({ account, region }: Place): string {
  return `arn:aws:events:${region}:${account}:event-bus/default`;
}
