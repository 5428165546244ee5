import { HOSTILE_NAMES, reviewFixture } from '../review/review-fixture';
import { type Opening, Reader } from './reader';

const DATA = reviewFixture({ count: 64, hostile: true });

let reader: Reader;
beforeAll(() => {
  reader = new Reader();
});
afterAll(() => reader.close());

test.each([
  ['on a desk', {}],
  ['on a phone', { viewport: { width: 390, height: 844 } }],
  ['in Japanese', { locale: 'ja' }],
] as const satisfies readonly (readonly [string, Opening])[])(
  'hostile names neither run, nor forge a line, nor break the layout, %s',
  async (_where, opening) => {
    const { page, complaints } = await reader.open(DATA, opening);
    const seen: string[] = [];
    for (const { key } of DATA.incidents) {
      await page.evaluate((hash) => location.replace(`#${hash}`), key);
      await page.locator('.detail code', { hasText: key }).first().waitFor();
      const { text, wide, markup, lines } = await page.evaluate(() => {
        const detail = document.querySelector('.detail');
        return {
          text: document.body.innerText,
          wide:
            document.documentElement.scrollWidth > document.documentElement.clientWidth ||
            (detail !== null && detail.scrollWidth > detail.clientWidth),
          markup: document.querySelectorAll('body script:not([type]) ~ script, img, iframe, object, base').length,
          lines: Array.from(detail?.querySelectorAll('bdi, dd p, h2') ?? [], (each) => each.textContent ?? ''),
        };
      });
      expect({ key, wide, markup }).toEqual({ key, wide: false, markup: 0 });
      expect(
        lines.filter((line) => /[\r\n]/.test(line.replace(/\n(?=[\w-]+: )/g, '')) || /\p{Cf}/u.test(line)),
      ).toEqual([]);
      seen.push(text);
    }

    expect(seen.join('\n')).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}]|https:\/\/evil/u);
    expect(seen.join('\n')).toContain('<script>window.hacked=1</script>');
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(complaints).toEqual([]);
  },
);

test('hostile names can be searched and filtered by like any other', async () => {
  const { page, complaints } = await reader.open(DATA);

  await page.getByRole('searchbox').fill('</script>');
  const found = await page.locator('.row').count();
  await page.getByRole('searchbox').fill('');
  await page.locator('.option', { hasText: '<script>' }).first().click();

  expect(found).toBeGreaterThan(0);
  expect(await page.locator('.row').count()).toBeGreaterThan(0);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(complaints).toEqual([]);
});

test('a hostile address shows nothing but text', async () => {
  const hash = `#incident=${encodeURIComponent(HOSTILE_NAMES[0] ?? '')}&severity=${encodeURIComponent('"><b>x')}&from=x&account=__proto__&lang=constructor`;
  const { page, complaints } = await reader.open(DATA, { hash });

  expect(await page.locator('.detail').textContent()).toContain('This page has no incident <script>');
  expect(await page.locator('.detail img, .chips b').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('markup cannot enter even if the page tried', async () => {
  const { page } = await reader.open(DATA);

  const tried = await page.evaluate(() => {
    try {
      document.body.insertAdjacentHTML('beforeend', '<img src=x>');
      return 'inserted';
    } catch (error) {
      return (error as Error).name;
    }
  });

  expect(tried).toBe('TypeError');
});
