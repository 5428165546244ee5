import asyncHooks, { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import { createRequire } from 'node:module';
import type { Clock } from '../clock';
import { HurriedTimer, type Life } from './hurried-timer';

/** Node's modules, of which those that reach outside end with the function's life. */
export function requireFor(path: string, life: Life) {
  const original = createRequire(path);
  const request = (...args: Parameters<typeof http.request>) => {
    if (life.isOver) throw new Error('The function is no more');
    return http.request(...args);
  };
  const pause = (ms: number, value: unknown) =>
    new Promise((resolve) => {
      new HurriedTimer(() => resolve(value), ms, life);
    });
  // Each storage that is left behind makes every promise of the process slower.
  class Storage extends AsyncLocalStorage<unknown> {
    constructor() {
      super();
      life.atEnd(() => this.disable());
    }
  }
  const own: Readonly<Record<string, object>> = {
    'node:async_hooks': { ...asyncHooks, AsyncLocalStorage: Storage },
    'node:http': { ...http, request },
    'node:timers/promises': { setTimeout: pause },
  };
  return (name: string) => own[name] ?? original(name);
}

/** `Date` in the time of the local organization. */
export function dateOf(clock: Clock): typeof Date {
  return class extends Date {
    constructor(...parts: unknown[]) {
      super(...((parts.length > 0 ? parts : [clock.now()]) as [number]));
    }

    static override now(): number {
      return clock.now();
    }
  } as typeof Date;
}
