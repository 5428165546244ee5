import { BootstraplessSynthesizer, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Forwarder } from './forwarder';

/** Where the stack is and where it sends. */
export type ForwarderStackProps = StackProps & {
  /** ARN of Trailmend's bus in the management account's home Region. */
  readonly hubBusArn: string;
};

/**
 * A {@link Forwarder} as a stack: for another Region of the management account, and, as text, for members. It needs no CDK
 * bootstrap where it goes.
 */
export class ForwarderStack extends Stack {
  constructor(scope: Construct, id: string, { hubBusArn, ...props }: ForwarderStackProps) {
    super(scope, id, {
      description: 'Trailmend: forwarder of refused calls',
      synthesizer: new BootstraplessSynthesizer(),
      ...props,
    });
    new Forwarder(this, 'Forwarder', { hubBusArn });
  }
}
