import axe from 'axe-core';
import { EMPTY_REVIEW, reviewFixture } from '../review/review-fixture';
import { type Opening, Reader } from './reader';

const DATA = reviewFixture();

let reader: Reader;
beforeAll(() => {
  reader = new Reader();
});
afterAll(() => reader.close());

const DETAIL = `#${DATA.incidents.find(({ finding, audit }) => finding !== null && audit.length > 1)?.key}`;

test.each([
  ['light', DATA, { colorScheme: 'light' }],
  ['dark', DATA, { colorScheme: 'dark' }],
  ['an incident, light', DATA, { colorScheme: 'light', hash: DETAIL }],
  [
    'an incident, dark, filtered',
    DATA,
    { colorScheme: 'dark', hash: `${DETAIL.replace('#', '#incident=')}&severity=high&severity=low` },
  ],
  ['Japanese', DATA, { locale: 'ja' }],
  ['a phone', DATA, { viewport: { width: 390, height: 844 }, hash: DETAIL }],
  ['nothing to show', EMPTY_REVIEW, {}],
] as const satisfies readonly (readonly [string, unknown, Opening])[])(
  'axe finds nothing wrong: %s',
  async (_what, data, opening) => {
    const { page } = await reader.open(data, opening);

    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const { run } = (window as unknown as { axe: typeof axe }).axe;
      const results = await run(document);
      return results.violations.map(({ id, impact, nodes }) => ({
        id,
        impact,
        where: nodes.map(({ html }) => html.slice(0, 200)),
      }));
    });

    expect(violations).toEqual([]);
  },
);
