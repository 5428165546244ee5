import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deadLinksOf } from '../../scripts/docs/dead-links';
import { linksOf } from '../../scripts/docs/read-markdown';

const ROOT = join(__dirname, '../..');

const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .map((file) => join('docs', file))
  .filter((file) => file.endsWith('.md'));
const pages = [...readdirSync(ROOT).filter((file) => file.endsWith('.md')), ...docs];

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

test.each(pages)('every link of %s leads somewhere', (page) => {
  expect(deadLinksOf(page, read(page), ROOT)).toEqual([]);
});

test('a dead link is found, whatever its form', () => {
  const page = [
    '# Here',
    '## 日本語の見出し',
    '[alive](operations.md#uninstall) [alive](#日本語の見出し) [alive](https://docs.aws.amazon.com/) `[code](no.md)`',
    '```',
    '[code](no.md)',
    '# no heading',
    '```',
    '[file](no.md) ![image](images/no.svg) [anchor](operations.md#no) [own](#no-heading) [plain](http://docs.aws.amazon.com)',
    '[host](https://nowhere) [reference][no] [defined][yes]',
    '<img src="images/no.png">',
    '[yes]: also-no.md',
  ].join('\n');

  expect(deadLinksOf('docs/page.md', page, ROOT)).toEqual([
    'no.md',
    'images/no.svg',
    'operations.md#no',
    '#no-heading',
    'http://docs.aws.amazon.com',
    'https://nowhere',
    'also-no.md',
    'images/no.png',
    '[no]',
  ]);
});

test('the index of the docs leads to every page of them', () => {
  const linked = linksOf(read('docs/README.md')).map((target) => join('docs', target.split('#')[0] ?? ''));

  const unlisted = docs.filter((page) => page !== 'docs/README.md' && !linked.includes(page));
  expect(unlisted).toEqual([]);
});
