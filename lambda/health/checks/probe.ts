import { word } from '../commands';
import { ofDeployment } from '../of-deployment';
import { aboutHub, failed, ok } from '../verdict';

/** It runs every 5 minutes. */
const LATE_MS = 15 * 60_000;

/** The probe runs: it prevents, checks and tells by itself what doctor shows. */
export const probe = ofDeployment('probe', async (look) => {
  const { tableName, homeRegion, stackName } = look.expectation;
  const about = aboutHub('probe', look);
  const { probeRanAt: ranAt } = await look.aws.health(tableName, homeRegion);
  if (ranAt !== null && look.now() - ranAt <= LATE_MS) {
    return [ok(about, { kind: 'probe-ran', ranAt })];
  }
  const place = `--region ${word(homeRegion)}`;
  return [
    failed(about, { kind: 'probe-late', ranAt }, [
      `aws cloudformation describe-stack-resources --stack-name ${word(stackName)} --query "StackResources[?ResourceType=='AWS::Lambda::Function' && contains(LogicalResourceId, 'Probe')].PhysicalResourceId" --output text ${place}`,
      `aws lambda invoke --function-name <name of that function> --cli-binary-format raw-in-base64-out --payload '{}' /dev/stdout ${place}`,
    ]),
  ];
});
