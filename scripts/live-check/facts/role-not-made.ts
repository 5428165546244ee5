import { answer, type Fact, NotChecked } from '../fact';
import { hasRole } from '../linked-role';
import { DELEGATED, TRUSTED } from '../organization';

export const roleNotMade: Fact = {
  id: 'role-not-made',
  stage: 'role-missing',
  question:
    'Do trusted access, or a delegated administrator registered through Organizations, create the service-linked role? Two pages of AWS say opposite things.',
  expected: 'Neither does: the role is still missing after both.',
  calls: 'Management account: iam:GetRole',
  changes: '',
  undo: '',
  minutes: 1,
  run: async (look) => {
    const done = [TRUSTED, DELEGATED].filter((what) => look.changes.has(what));
    if (done.length === 0) {
      throw new NotChecked('both were there before the run, so nothing was seen of what they create');
    }
    const isThere = await hasRole(look);
    return answer(!isThere, `after ${done.join(' and ')} the role is ${isThere ? 'there' : 'missing'}`);
  },
};
