import { answer, type Fact } from '../fact';
import { told } from '../refusal';
import { refusedRead } from '../refused-calls';

export const absentTrail: Fact = {
  id: 'absent-trail',
  stage: 'deployed',
  question: 'Does CloudTrail look at the rights of a caller before it looks for the trail? The canary rests on it.',
  expected:
    '`GetTrailStatus` on a trail that does not exist, by a role without rights, is `AccessDeniedException`, not `TrailNotFoundException`.',
  calls: 'Management account: iam:CreateRole, sts:AssumeRole, cloudtrail:GetTrailStatus',
  changes: 'Role `trailmend-live-check-powerless` without rights',
  undo: 'The role is deleted at the end.',
  minutes: 2,
  run: async (look) => {
    const refusal = await refusedRead(look, look.management, look.region);
    return answer(refusal.name.startsWith('AccessDenied'), told(refusal));
  },
};
