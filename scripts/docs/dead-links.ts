import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorsOf, linksOf, undefinedReferencesOf } from './read-markdown';

/**
 * The links and images of a page that lead nowhere: a file or heading that does not exist, an address that is none, a
 * reference that is not defined. What other sites have is not asked.
 * @param path of the page, from `root`
 */
export function deadLinksOf(path: string, page: string, root: string): string[] {
  const dead = linksOf(page).filter((target) => !leadsSomewhere(target, path, page, root));
  return [...dead, ...undefinedReferencesOf(page).map((name) => `[${name}]`)];
}

function leadsSomewhere(target: string, path: string, page: string, root: string): boolean {
  if (/^[a-z]+:/i.test(target)) {
    return isAddress(target);
  }
  const [file = '', anchor] = target.split('#');
  if (file === '') {
    return anchorsOf(page).includes(anchor ?? '');
  }
  const place = join(root, dirname(path), file);
  if (anchor === undefined || !existsSync(place)) {
    return existsSync(place);
  }
  return statSync(place).isFile() && anchorsOf(readFileSync(place, 'utf8')).includes(anchor);
}

function isAddress(target: string): boolean {
  const { protocol, hostname } = URL.canParse(target) ? new URL(target) : { protocol: '', hostname: '' };
  return protocol === 'https:' && hostname.includes('.');
}
