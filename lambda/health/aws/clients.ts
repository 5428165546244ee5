import type { HealthAction } from '../actions';
import { LookError } from '../look-error';

/** A client's class. */
type ClientClass<C> = new (settings: { region: string }) => C;

/** Gives the client of a service in a Region; always the same one. */
export type Clients = <C extends object>(service: ClientClass<C>, region: string) => C;

/** Clients that are made when they are first asked for, one per service and Region, by `make`. */
export function lazyClients(make: Clients): Clients {
  const made = new Map<object, Map<string, object>>();
  return <C extends object>(service: ClientClass<C>, region: string): C => {
    const ofService = made.get(service) ?? new Map<string, object>();
    made.set(service, ofService);
    const client = ofService.get(region) ?? make(service, region);
    ofService.set(region, client);
    return client as C;
  };
}

/**
 * Asks AWS one thing.
 * @throws LookError for whatever was thrown
 */
export async function ask<T>(action: HealthAction, region: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw new LookError(action, region, error);
  }
}

/** Asks AWS for a whole list, page by page. */
export function askAll<Page, T>(
  action: HealthAction,
  region: string,
  pages: () => AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly T[],
): Promise<T[]> {
  return ask(action, region, async () => {
    const all: T[] = [];
    for await (const page of pages()) {
      all.push(...itemsOf(page));
    }
    return all;
  });
}

/** `null` instead of an error of one of these names, which says that something is not there; `saying` this, if given. */
export async function orNull<T>(asking: Promise<T>, names: readonly string[], saying = ''): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    const cause = error instanceof LookError ? error.cause : null;
    if (cause instanceof Error && names.includes(cause.name) && cause.message.includes(saying)) {
      return null;
    }
    throw error;
  }
}
