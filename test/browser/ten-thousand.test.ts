import { reviewFixture } from '../review/review-fixture';
import { Reader } from './reader';

const DATA = reviewFixture({ count: 10_000 });

let reader: Reader;
beforeAll(() => {
  reader = new Reader();
});
afterAll(() => reader.close());

/** Notes how long something took; these times are read, not judged. */
function note(what: string, ms: number): void {
  process.stdout.write(`10,000 incidents: ${what} ${Math.round(ms)} ms\n`);
}

test('ten thousand incidents are drawn, filtered and searched', async () => {
  const { page, complaints } = await reader.open(DATA);
  const painted = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  const paint = (await painted.jsonValue()) ?? 0;
  note('first paint', paint);

  /** Time of an act until the browser has drawn what it changed. */
  const timed = async (what: string, act: string) =>
    note(
      what,
      await page.evaluate(async (code) => {
        const began = performance.now();
        new Function(code)();
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - began;
      }, act),
    );
  const type = (text: string) =>
    `const field = document.querySelector('.search'); field.value = ${JSON.stringify(text)}; field.dispatchEvent(new Event('input'));`;
  const low = DATA.incidents.filter(({ severity }) => severity === 'low');

  await timed('filter', `document.querySelector('[data-focus="severity low"]').click()`);
  expect(await page.locator('[role=status]').first().textContent()).toBe(
    `${low.length.toLocaleString('en')} of 10,000 incidents`,
  );
  await timed('filter away', `document.querySelector('[data-focus="severity low"]').click()`);
  await timed('first search', type('stoplogging'));
  await timed('search on', type('stoplogging payments'));
  expect(await page.locator('.row').count()).toBe(50);
  await timed('search away', type(''));
  await timed('open', `document.querySelector('.row').click()`);
  expect(await page.locator('.detail').isVisible()).toBe(true);
  await timed(
    'switch language',
    `const s = document.querySelector('select'); s.value = 'ja'; s.dispatchEvent(new Event('change'));`,
  );

  expect(await page.locator('.row').count()).toBe(50);
  expect(complaints).toEqual([]);
});
