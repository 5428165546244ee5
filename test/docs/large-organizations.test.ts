import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { CURRENT_PATTERNS } from '../../lib/event-patterns';
import { settingsExamples } from '../../scripts/docs/settings-examples';
import { stackOf } from '../lib/app-stacks';
import { plain, resourcesOf } from '../lib/hub-template';

const read = (page: string) => readFileSync(join(__dirname, '../../docs', page), 'utf8');
const page = read('large-organizations.md');
const number = (text: string) => Number(text.replaceAll(',', ''));

/** The rows of which the second cell is a sum that a reader can do, by their first cell. */
const rows = [...page.matchAll(/^\| ([^|]+) \| ([\d,.×/() +]+) \| ([\d,.]+) \|(?: \[?([\d,]+))?/gm)].map(
  ([, what = '', computation = '', result = '', quota]) => ({ what, computation, result, quota }),
);
const row = (what: string) => {
  const found = rows.find((entry) => entry.what.startsWith(what));
  if (!found) throw new Error(`The page has no row "${what}".`);
  return { ...found, value: number(found.result) };
};

/** What a computation comes to. */
function computed(computation: string): number {
  const terms = computation.replaceAll(',', '').replaceAll('×', '*');
  return new Function(`return ${terms}`)();
}

const large = settingsExamples().find(({ heading }) => heading === 'A large organization')?.settings ?? {};
const memberText = () => {
  const stack = Template.fromStack(stackOf(large, 'TrailmendMembers'));
  const [[, set] = []] = resourcesOf(stack, 'AWS::CloudFormation::StackSet');
  return String(plain(set?.Properties.TemplateBody));
};

describe('the page about large organizations', () => {
  it('computes right', () => {
    expect(rows.length).toBeGreaterThan(18);
    for (const { what, computation, result } of rows) {
      const decimals = result.split('.')[1]?.length ?? 0;
      const value = computed(computation);
      const rounded = what.includes('rounded up') ? Math.ceil(value) : Number(value.toFixed(decimals));
      expect([what, rounded]).toEqual([what, number(result)]);
    }
  });

  it('stays within every quota it names', () => {
    const limited = rows.filter(({ quota }) => quota !== undefined);

    expect(limited.length).toBeGreaterThan(8);
    for (const { what, result, quota = '' } of limited) {
      expect([what, number(result) < number(quota)]).toEqual([what, true]);
    }
    const invocations = [...page.matchAll(/^\| [a-z][\w, -]+ \| ([\d,]+) \|$/gm)].map(([, most = '']) => number(most));
    expect(invocations.length).toBe(5);
    expect(row('invocations a second').value).toBeLessThan(Math.min(...invocations));
  });

  it('goes on from one row with what another came to', () => {
    const instances = row('instances of the StackSet').result;

    for (const what of ['resources that it makes', 'rounds of operations', 'hours on a slow day', 'pages of']) {
      expect(row(what).computation.startsWith(instances)).toBe(true);
    }
    expect(row('minutes, if nothing waits').computation.startsWith(row('rounds').result)).toBe(true);
    expect(row('invocations a second').computation.startsWith(row('refusals a second in the storm').result)).toBe(true);
  });

  it('takes its Regions from those that need no opting in, and from the settings', () => {
    const byDefault = RegionInfo.regions.filter(
      ({ partition, isOptInRegion }) => partition === 'aws' && !isOptInRegion,
    );
    const regions = [large.homeRegion, ...(large.regions as string[])].sort();

    expect(regions).toEqual(byDefault.map(({ name }) => name).sort());
    expect(row('instances of the StackSet').computation).toBe(`1,000 × ${regions.length}`);
  });

  it('says of the forwarder and the hub what their templates have', () => {
    const text = memberText();
    const resources = Object.values(JSON.parse(text).Resources as Record<string, { Type: string }>);
    const policies = resourcesOf(Template.fromStack(stackOf(large, 'TrailmendHub')), 'AWS::Events::EventBusPolicy');
    const ofType = (type: string) => resources.filter(({ Type }) => Type === type).length;
    const wild = Object.values(CURRENT_PATTERNS).filter((part) => JSON.stringify(part).includes('wildcard')).length;

    expect(row('resources that it makes').computation).toBe(`17,000 × ${resources.length}`);
    expect(row('rules on a default bus').value).toBe(ofType('AWS::Events::Rule'));
    expect(row('rules with wildcards on a default bus').value).toBe(wild);
    expect(row('roles in an account').computation).toBe(`${ofType('AWS::IAM::Role')} × 17`);
    expect(Buffer.byteLength(text)).toBeLessThan(row('bytes of the members').value);
    expect(JSON.stringify(policies.map(([, { Properties }]) => plain(Properties))).length).toBeLessThan(
      row('characters of the hub').value,
    );
  });

  it('has the hub cost what the page of all costs says', () => {
    const [, total = ''] = /^\| \*\*together\*\* .*\| \*\*([\d.]+)\*\* \|$/m.exec(read('operations.md')) ?? [];

    expect(row('all, with the hub').result).toBe(total);
  });
});
