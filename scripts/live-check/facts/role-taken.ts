import { answer, type Fact } from '../fact';
import { createRole } from '../linked-role';
import { refusalOf, told } from '../refusal';

export const roleTaken: Fact = {
  id: 'role-taken',
  stage: 'organization-trail',
  question: 'What does IAM say when the service-linked role is there already?',
  expected: '`InvalidInput` with "has been taken in this account".',
  calls: 'Management account: iam:CreateServiceLinkedRole (refused)',
  changes: '',
  undo: '',
  minutes: 1,
  run: async (look) => {
    const refusal = await refusalOf(createRole(look));
    const isExpected =
      refusal.name.startsWith('InvalidInput') && refusal.message.includes('has been taken in this account');
    return answer(isExpected, told(refusal));
  },
};
