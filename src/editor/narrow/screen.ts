import { useSyncExternalStore } from 'react';

/**
 * How much room the window has. `wide`: panels stand beside the canvas. `tablet`: one view at a time, all of the editor in them.
 * `phone`: the same to look at, run and tune; nothing is drawn there.
 */
export type Screen = 'wide' | 'tablet' | 'phone';

/** Pixels from which panels stand beside the canvas. Style sheets have the same number. */
export const WIDE_FROM = 1024;
/** Pixels from which a graph can be drawn. */
export const DRAWABLE_FROM = 640;

const isAtLeast = (width: number): MediaQueryList => window.matchMedia(`(width >= ${width}px)`);

/** The window as it is now. */
export function screenNow(): Screen {
  if (isAtLeast(WIDE_FROM).matches) return 'wide';
  return isAtLeast(DRAWABLE_FROM).matches ? 'tablet' : 'phone';
}

/** Calls back when the window has become another screen; returns how to end that. */
export function onScreenChange(listener: () => void): () => void {
  const queries = [isAtLeast(WIDE_FROM), isAtLeast(DRAWABLE_FROM)];
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}

export function useScreen(): Screen {
  // Where nothing is drawn there is room.
  return useSyncExternalStore(onScreenChange, screenNow, () => 'wide');
}
