import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** The role that the probe runs as. It comes before everything that names it: the canary, the responder, the topic. */
export class ProbeRole extends Role {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description:
        'Trailmend probe: creates CloudTrail service-linked roles, checks the deployment, tells administrators',
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
  }
}
