import { shellWord } from '../notice/shell-word';
import { plainJson } from '../texts/plain-json';
import { shown } from '../texts/untrusted';

/** Name of the change set that puts back what somebody changed. */
const CHANGE_SET = 'trailmend-mend';

/** A text from outside as one word of a command line, without what a terminal acts on. */
export function word(text: string): string {
  return shellWord(shown(text));
}

/** A value as JSON in one word of a command line, without what a terminal acts on. */
export function jsonWord(value: unknown): string {
  return shellWord(plainJson(value));
}

/**
 * Puts every resource of a stack back to what its template says: CloudFormation compares with what is really there, and
 * creates anew what was deleted.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
 */
export function revertDrift(stack: string, region: string): string[] {
  const place = `--stack-name ${word(stack)} --change-set-name ${CHANGE_SET} --region ${word(region)}`;
  return [
    `aws cloudformation create-change-set ${place} --use-previous-template --deployment-mode REVERT_DRIFT --capabilities CAPABILITY_IAM`,
    `aws cloudformation wait change-set-create-complete ${place}`,
    `aws cloudformation execute-change-set ${place}`,
  ];
}
