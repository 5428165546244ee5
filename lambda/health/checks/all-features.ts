import type { Check } from '../check';
import { aboutHub, failed, notChecked, ok } from '../verdict';

/**
 * The organization has all features: without them there is neither trusted access nor an organization trail.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-an-organizational-trail-prepare.html
 */
export const allFeatures: Check = {
  id: 'all-features',
  run: async (look) => {
    const about = aboutHub('all-features', look);
    const organization = await look.aws.organization();
    if (organization === null) {
      return [notChecked(about, { kind: 'not-in-organization' })];
    }
    const { featureSet } = organization;
    return [
      featureSet === 'ALL'
        ? ok(about, { kind: 'all-features' })
        : failed(about, { kind: 'few-features', featureSet }, ['aws organizations enable-all-features']),
    ];
  },
};
