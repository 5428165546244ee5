/** Waits so many milliseconds; false when the person ends the command meanwhile, with Ctrl-C. */
export type Pause = (ms: number) => Promise<boolean>;

/** Waits for the clock, or for Ctrl-C. */
export const pauseUntilInterrupted: Pause = (ms) =>
  new Promise((resolve) => {
    const end = (goesOn: boolean) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupt);
      resolve(goesOn);
    };
    const interrupt = () => end(false);
    const timer = setTimeout(() => end(true), ms);
    process.once('SIGINT', interrupt);
  });
