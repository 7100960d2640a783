import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';

/** What a narrow window shows, one at a time. */
export type NarrowView = 'graph' | 'run' | 'guide';

/** A narrow window, as the app has it. */
export interface Narrow {
  readonly view: NarrowView;
  readonly onView: (view: NarrowView) => void;
  /** At the foot: the views by name. */
  readonly tabs: ReactNode;
}

export const ShowViewContext = createContext<((view: NarrowView) => void) | null>(null);

const STAY = (): void => undefined;

/** Brings a view to the front where there is room for one. */
export function useShowView(): (view: NarrowView) => void {
  return useContext(ShowViewContext) ?? STAY;
}
