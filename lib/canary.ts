import { ArnPrincipal, type IRole, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * The role whose refused calls prove that the way of an event is whole. It may do nothing at all, and only the probe may
 * assume it. Your own rules for refused calls can leave it out by its ARN.
 */
export class Canary extends Construct {
  readonly role: Role;

  /** @param probeRole assumes it */
  constructor(scope: Construct, id: string, probeRole: IRole) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      description: 'Trailmend canary: has no permissions; its refused calls show that refused calls are heard',
      assumedBy: new ArnPrincipal(probeRole.roleArn),
    });
  }
}
