import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { defined } from '../../core/invariant';
import type { LandscapeActions, LandscapeState, LandscapeStore } from './landscapeStore';

interface Landscape {
  readonly store: LandscapeStore;
  readonly actions: LandscapeActions;
}

const LandscapeContext = createContext<Landscape | null>(null);

export function LandscapeProvider({
  store,
  actions,
  children,
}: Landscape & { readonly children: ReactNode }) {
  const landscape = useMemo(() => ({ store, actions }), [store, actions]);
  return <LandscapeContext value={landscape}>{children}</LandscapeContext>;
}

/** A part of what is known of the landscape. Objects and arrays are compared one level deep. */
export function useLandscape<T>(selector: (state: LandscapeState) => T): T {
  return useStore(useLandscapeContext().store, useShallow(selector));
}

export function useLandscapeActions(): LandscapeActions {
  return useLandscapeContext().actions;
}

function useLandscapeContext(): Landscape {
  return defined(useContext(LandscapeContext), 'LandscapeProvider');
}
