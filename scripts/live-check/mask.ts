/** What tells who or where somebody is, and what stands for it. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\bo-[a-z0-9]{10,32}\b/g, 'o-exampleorgid'],
  [/\b(A[A-Z]{3})[A-Z0-9]{12,124}\b/g, '$1EXAMPLE'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '192.0.2.1'],
  [/\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}\b/gi, '2001:db8::1'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, 'somebody@example.com'],
];

/**
 * Takes out account ids, the organization's id, access keys and ids of principals, addresses and mail addresses. Accounts that
 * are known keep a stand-in of their own, so that they can be told apart.
 */
export function mask(text: string, standIns: ReadonlyMap<string, string>): string {
  const masked = MASKS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
  return masked.replace(/(?<!\d)\d{12}(?!\d)/g, (account) => standIns.get(account) ?? '999999999999');
}
