import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { queryText, SAVED_QUERIES } from './queries';

/** The questions that a reviewer asks, ready in CloudWatch Logs Insights under `trailmend/`. */
export class SavedQueries extends Construct {
  /** @param logGroup holds the audit log */
  constructor(scope: Construct, id: string, { logGroupName }: ILogGroup) {
    super(scope, id);
    for (const { name, lines } of SAVED_QUERIES) {
      new CfnQueryDefinition(this, name, {
        name: `trailmend/${name}`,
        logGroupNames: [logGroupName],
        queryString: queryText(lines),
      });
    }
  }
}
