import { LANGUAGES } from '../../lambda/texts/languages';
import type { ReviewIncident } from '../../review/review-data';
import { PAGE_LANGUAGES } from '../../review/texts/languages';
import { EMPTY_REVIEW, reviewFixture } from '../review/review-fixture';
import { Reader } from './reader';

const DATA = reviewFixture();
const passRole = incident(({ case: id, state }) => id === 'pass-role-denied' && state === 'open');
const mended = incident(({ state }) => state === 'remediated');

function incident(is: (each: ReviewIncident) => boolean): ReviewIncident {
  const found = DATA.incidents.find((each) => is(each) && each.finding !== null);
  if (found === undefined) {
    throw new Error('The fixture has no such incident.');
  }
  return found;
}

let reader: Reader;
beforeAll(() => {
  reader = new Reader();
});
afterAll(() => reader.close());

test('opens with what is open and gravest on top, and asks nobody for anything', async () => {
  const { page, complaints } = await reader.open(DATA);

  const open = DATA.incidents.filter(({ state }) => state === 'open');
  const high = open.filter(({ severity }) => severity === 'high');
  await expectText(page, '.verdict', `${open.length} incidents are open, ${high.length} of high severity.`);
  expect(await page.locator('.row').count()).toBe(DATA.incidents.length);
  const firsts = await page.locator('.row').evaluateAll((rows) => rows.map((row) => row.textContent ?? ''));
  expect(firsts.slice(0, high.length).every((text) => text.startsWith('High') && text.includes('Open'))).toBe(true);
  expect(await page.locator('.bar').count()).toBeGreaterThan(5);
  expect(complaints).toEqual([]);
});

test('filters by facets, which count what the others leave, and takes filters away again', async () => {
  const { page } = await reader.open(DATA);
  const low = DATA.incidents.filter(({ severity }) => severity === 'low');

  await page.getByRole('button', { name: /^Low/ }).click();

  await expectText(page, '[role=status]', `${low.length} of ${DATA.incidents.length} incidents`);
  expect(await page.locator('.row').count()).toBe(low.length);
  expect(await page.getByRole('button', { name: /^Low/ }).getAttribute('aria-pressed')).toBe('true');
  const openLow = low.filter(({ state }) => state === 'open').length;
  expect(await page.locator('.states .open .count').textContent()).toBe(String(openLow));
  expect(await focusOf(page)).toBe('severity low');

  await page.locator('.states .open').click();
  expect(await page.locator('.row').count()).toBe(openLow);

  await page.getByRole('button', { name: 'Clear 2 filters' }).click();
  expect(await page.locator('.row').count()).toBe(DATA.incidents.length);
});

test('filters by a bar of the timeline, and by several', async () => {
  const { page } = await reader.open(DATA);
  const bars = page.locator('.bar');
  const labels = await bars.evaluateAll((all) => all.map((bar) => bar.getAttribute('aria-label') ?? ''));
  const counts = labels.map((label) => Number(/: (\d+) new/.exec(label)?.[1] ?? 0));
  const at = counts.findIndex((count) => count > 0);

  await bars.nth(at).click();
  expect(await page.locator('.row').count()).toBe(counts[at]);

  await bars.nth(at).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+Enter');
  expect(await page.locator('.row').count()).toBe((counts[at] ?? 0) + (counts[at + 1] ?? 0) + (counts[at + 2] ?? 0));
});

test.each(['audit', 'event', 'request'])('finds an incident by an id of its %s', async (what) => {
  const { page } = await reader.open(DATA);
  const [record] = passRole.audit;
  const id = {
    audit: record?.messageId,
    event: passRole.finding?.denial.eventId,
    request: record?.calls[0]?.requestId,
  };

  await page.keyboard.press('/');
  await page.keyboard.type(id[what as keyof typeof id] ?? '');

  await expectText(page, '[role=status]', `1 of ${DATA.incidents.length} incidents`);
  expect(await page.locator('.row').getAttribute('data-key')).toBe(passRole.key);
});

test('says so when nothing matches', async () => {
  const { page } = await reader.open(DATA);

  await page.getByRole('searchbox').fill('nobody has this');

  await expectText(page, '.nothing', 'No incident matches.');
});

test('opens an incident with its explanation, every form of its fix, and what was done', async () => {
  const { page, complaints } = await reader.open(DATA);

  await page.locator(`[data-key="${passRole.key}"]`).click();

  const detail = page.getByRole('region', { name: /PassRole/ });
  await expectText(page, '.detail .next', 'add the statement below to its permissions');
  const labels = await detail.locator('.fix dt').allTextContents();
  expect(labels).toEqual(expect.arrayContaining(['Fix', 'AWS CLI', 'Terraform', 'CDK']));
  const requestId = passRole.audit[0]?.calls[0]?.requestId ?? '';
  expect(await detail.locator('.audit').textContent()).toContain(requestId);
  expect(await detail.locator('.notices').textContent()).toContain(passRole.notices[0]?.noticeId);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('detail-title');
  expect(complaints).toEqual([]);
});

test('says what was mended, and how to retry and undo it', async () => {
  const { page } = await reader.open(DATA, { hash: `#${mended.key}` });

  await expectText(page, '.detail h2', 'role created for');
  const explanation = await page.locator('.explanation').textContent();
  expect(explanation).toContain('AWSServiceRoleForCloudTrail: created');
  expect(explanation).toContain('aws cloudtrail create-trail');
  expect(explanation).toContain('aws iam delete-service-linked-role');
});

test.each([
  ['the clipboard', undefined],
  [
    'a selection, where there is no clipboard',
    () => Object.defineProperty(navigator, 'clipboard', { value: undefined }),
  ],
])('copies a fix by %s', async (_way, before) => {
  const { page, complaints } = await reader.open(DATA, { hash: `#${passRole.key}`, ...(before ? { before } : {}) });
  const form = page.locator('.fix .facts > div', { hasText: 'AWS CLI' }).last();

  await form.getByRole('button', { name: 'Copy' }).click();

  await form.getByRole('button', { name: 'Copied' }).waitFor();
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('Control+V');
  expect(await page.getByRole('searchbox').inputValue()).toBe(await form.locator('code').textContent());
  expect(complaints).toEqual([]);
});

test('offers the command that ends a mute, or begins one; none for a key that no shell should see', async () => {
  const muted = incident(({ mute }) => mute !== null);
  const odd = { ...passRole, key: 'x; reboot' };
  const { page } = await reader.open({ ...DATA, incidents: [...DATA.incidents, odd] }, { hash: `#${muted.key}` });
  await expectText(page, '.notices code', `npx trailmend mute ${muted.key} --end`);

  await page.locator(`[data-key="${passRole.key}"]`).click();
  await expectText(page, '.notices code', `npx trailmend mute ${passRole.key} --for 8h`);
  await page.locator(`[data-key="${odd.key}"]`).click();
  await expectText(page, '.detail .marks code', odd.key);

  expect(await page.locator('.detail .notices').textContent()).not.toContain('reboot');
});

test('goes along the incidents by keys, and gives the focus back', async () => {
  const { page } = await reader.open(DATA);
  const keys = await page.locator('.row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-key')));

  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  expect(await focusOf(page)).toBe(`row ${keys[1]}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('j');
  expect(await page.locator('[aria-current]').getAttribute('data-key')).toBe(keys[2]);
  await page.keyboard.press('Escape');

  expect(await page.locator('.detail').isVisible()).toBe(false);
  expect(await focusOf(page)).toBe(`row ${keys[2]}`);
});

test('keeps filters, order and the opened incident in its address; Back closes what was opened', async () => {
  const { page } = await reader.open(DATA, { hash: '#severity=high&order=latest&q=stop' });
  const count = await page.locator('.row').count();
  const latest = await page.locator('.row .last').allTextContents();

  await page.locator('.row').first().click();
  expect(new URL(page.url()).hash).toMatch(/^#incident=[0-9a-f]{12}&q=stop&severity=high&order=latest$/);
  await page.reload();
  expect(await page.locator('.row').count()).toBe(count);
  expect(await page.locator('.detail').isVisible()).toBe(true);
  await page.goBack();

  expect(await page.locator('.detail').isVisible()).toBe(false);
  expect(latest).toEqual([...latest].sort().reverse());
  expect(count).toBeGreaterThan(0);
});

test('says which incident it does not have', async () => {
  const { page } = await reader.open(DATA, { hash: '#0123456789ab' });

  await expectText(page, '.detail', 'This page has no incident 0123456789ab.');
});

test('speaks the language chosen, everywhere', async () => {
  const { page, complaints } = await reader.open(DATA, { hash: `#${passRole.key}` });

  await page.getByLabel('Language').selectOption('ja');

  expect(await page.evaluate(() => document.documentElement.lang)).toBe('ja');
  await expectText(page, '.detail .next', LANGUAGES.ja.labels.nextStep);
  const seen = await page.evaluate(() => document.body.innerText);
  const english = textsOf({ ...PAGE_LANGUAGES.en, language: '' }).filter(
    (text) => !textsOf(PAGE_LANGUAGES.ja).includes(text),
  );
  expect(english.filter((text) => text.length > 6 && seen.includes(text))).toEqual([]);
  expect(complaints).toEqual([]);
});

test('opens in the language it was made in', async () => {
  const { page } = await reader.open(DATA, { locale: 'ja' });

  expect(await page.title()).toBe('Trailmend レビュー');
  await expectText(page, '.states', '未対応');
});

test('is dark where the device is, and as chosen, also the next time', async () => {
  const { page } = await reader.open(DATA, { colorScheme: 'dark' });
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();

  await page.getByLabel('Theme').selectOption('light');
  const light = await ground();
  await page.reload();

  expect(dark).toBe('rgb(18, 20, 23)');
  expect(light).toBe('rgb(247, 247, 245)');
  expect(await ground()).toBe(light);
});

test('prints every incident that the filters leave, and all about the opened one', async () => {
  const data = reviewFixture({ count: 120 });
  const { page, complaints } = await reader.open(data);
  await page.locator('.row').first().click();
  await page.evaluate(() => {
    window.addEventListener('beforeprint', () => {
      const rows = document.querySelectorAll('.row').length;
      const closed = document.querySelectorAll('.audit details:not([open])').length;
      document.title = `${rows} rows, ${closed} closed`;
    });
  });

  const pdf = await page.pdf();

  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(await page.title()).toBe('120 rows, 0 closed');
  expect(await page.locator('.row').count()).toBe(50);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.tools').isVisible()).toBe(false);
  expect(await page.locator('.detail').isVisible()).toBe(true);
  expect(complaints).toEqual([]);
});

test('makes sense of a review without incidents', async () => {
  const { page, complaints } = await reader.open(EMPTY_REVIEW);

  await expectText(page, 'main', 'No refused calls on record.');
  expect(await page.getByRole('searchbox').isVisible()).toBe(false);
  expect(complaints).toEqual([]);
});

test('folds the filters on a phone, and leaves them open while they are used', async () => {
  const { page } = await reader.open(DATA, { viewport: { width: 390, height: 844 } });
  const high = DATA.incidents.filter(({ severity }) => severity === 'high').length;
  expect(await page.locator('.facets').isVisible()).toBe(false);

  await page.getByText('Filters', { exact: true }).click();
  await page.getByRole('button', { name: /^High/ }).click();

  expect(await page.locator('.facets').isVisible()).toBe(true);
  await expectText(page, '.filters > summary', 'Filters (1)');
  expect(await page.locator('.row').count()).toBe(high);
});

test('covers the page with the opened incident on a phone, and fits its width', async () => {
  const { page } = await reader.open(DATA, { viewport: { width: 390, height: 844 } });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBe(0);

  await page.locator(`[data-key="${passRole.key}"]`).click();

  expect(await page.locator('.detail').boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  expect(await overflow()).toBe(0);
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await focusOf(page)).toBe(`row ${passRole.key}`);
});

/** Every text of an object, however deep. */
function textsOf(texts: object): string[] {
  return Object.values(texts).flatMap((text) =>
    typeof text === 'string' ? [text] : typeof text === 'object' ? textsOf(text) : [],
  );
}

type AnyPage = Awaited<ReturnType<Reader['open']>>['page'];

async function expectText(page: AnyPage, selector: string, text: string): Promise<void> {
  await page.locator(selector, { hasText: text }).first().waitFor({ timeout: 5_000 });
}

function focusOf(page: AnyPage): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.getAttribute('data-focus'));
}
