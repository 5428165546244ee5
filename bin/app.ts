import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readSettings, type Settings } from '../lib/settings';
import { createStacks } from '../lib/stacks';

const app = new App();
createStacks(app, settingsOrExit(app.node.getAllContext()));

// The CDK's own switch stops its own rules only.
if (process.env.CDK_VALIDATION !== 'false') {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
// From here on only cdk-nag runs. Its rule on bus policies reads a deprecated property, and the warning would be about it.
process.env.JSII_DEPRECATED ??= 'quiet';

/** A mistake in the settings is the user's to mend: the sentence helps, a stack trace does not. */
function settingsOrExit(context: Record<string, unknown>): Settings {
  try {
    return readSettings(context);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
