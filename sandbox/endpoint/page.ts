import { ServiceError } from './service-error';

/** A part of a list, and where the next begins; null when it is the last. */
export type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };

/** The page of `all` that `token` stands for; the first when it is empty. Throws `code` for a token that is none. */
export function pageOf<Item>(all: readonly Item[], token: string, size: number, code = 'InvalidNextToken'): Page<Item> {
  const start = Number(token || 0);
  if (!Number.isInteger(start) || start < 0) throw new ServiceError(code, 'The token is invalid.');
  return { items: all.slice(start, start + size), next: start + size < all.length ? String(start + size) : null };
}
