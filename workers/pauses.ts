/** How long to work before others have their turn, and how often to say how far it is. */
const SLICE_MS = 20;
const PROGRESS_MS = 100;

/** Waits a turn of the event loop now and then, so that the worker hears what else is asked of it. */
export function pauses(isWanted: () => boolean, progress: (part: number) => void) {
  let worked = performance.now();
  let told = worked;
  return async (part: number): Promise<boolean> => {
    const now = performance.now();
    if (now - told > PROGRESS_MS) {
      told = now;
      progress(part);
    }
    if (now - worked > SLICE_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      worked = performance.now();
    }
    return isWanted();
  };
}
