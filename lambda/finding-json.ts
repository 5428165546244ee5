import type { Finding } from './classify';

/**
 * A finding as others read it: the contract of `trailmend explain --json`, which notices share. Names and shape are
 * stable; absent values are null.
 */
export function findingJson(finding: Finding, guide: string) {
  const { case: id, severity, denial, plan, incidentKey, docs } = finding;
  return {
    case: id,
    severity,
    denial: denial && {
      principal: denial.caller.principal,
      principalType: denial.caller.type,
      account: denial.account,
      region: denial.region,
      service: denial.service,
      operation: denial.operation,
      action: denial.action,
      resource: denial.resource,
      errorCode: denial.errorCode,
      eventId: denial.eventId,
    },
    explanation: denial && { ...denial.reason, owner: null, nextStep: null, summary: plan.reason },
    fix: { allowStatement: null, managedPolicy: null, attachTo: { kind: 'unknown', name: null } },
    plan: { ...plan, ...('roles' in plan ? { roles: plan.roles.map(({ name }) => name) } : {}) },
    incidentKey,
    docs: guide + docs,
  };
}
