import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { defined } from '../../core/invariant';
import type { LatentActions, LatentState, LatentStore } from './latentStore';

interface Latent {
  readonly store: LatentStore;
  readonly actions: LatentActions;
}

const LatentContext = createContext<Latent | null>(null);

export function LatentProvider({
  store,
  actions,
  children,
}: Latent & { readonly children: ReactNode }) {
  const latent = useMemo(() => ({ store, actions }), [store, actions]);
  return <LatentContext value={latent}>{children}</LatentContext>;
}

/** A part of what is known of a code. Objects and arrays are compared one level deep. */
export function useLatent<T>(selector: (state: LatentState) => T): T {
  return useStore(useLatentContext().store, useShallow(selector));
}

export function useLatentActions(): LatentActions {
  return useLatentContext().actions;
}

function useLatentContext(): Latent {
  return defined(useContext(LatentContext), 'LatentProvider');
}
