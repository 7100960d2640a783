import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { defined } from '../../core/invariant';
import type { SweepsActions, SweepsState, SweepsStore } from './sweepsStore';

interface Sweeps {
  readonly store: SweepsStore;
  readonly actions: SweepsActions;
}

const SweepsContext = createContext<Sweeps | null>(null);

export function SweepsProvider({
  store,
  actions,
  children,
}: Sweeps & { readonly children: ReactNode }) {
  const sweeps = useMemo(() => ({ store, actions }), [store, actions]);
  return <SweepsContext value={sweeps}>{children}</SweepsContext>;
}

/** A part of what is known of the sweeps. Objects and arrays are compared one level deep. */
export function useSweeps<T>(selector: (state: SweepsState) => T): T {
  return useStore(useSweepsContext().store, useShallow(selector));
}

export function useSweepsActions(): SweepsActions {
  return useSweepsContext().actions;
}

function useSweepsContext(): Sweeps {
  return defined(useContext(SweepsContext), 'SweepsProvider');
}
