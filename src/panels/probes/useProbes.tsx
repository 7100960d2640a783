import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { defined } from '../../core/invariant';
import type { ProbesActions, ProbesState, ProbesStore } from './probesStore';

interface Probes {
  readonly store: ProbesStore;
  readonly actions: ProbesActions;
}

const ProbesContext = createContext<Probes | null>(null);

export function ProbesProvider({
  store,
  actions,
  children,
}: Probes & { readonly children: ReactNode }) {
  const probes = useMemo(() => ({ store, actions }), [store, actions]);
  return <ProbesContext value={probes}>{children}</ProbesContext>;
}

/** A part of what was asked of probes. Objects and arrays are compared one level deep. */
export function useProbes<T>(selector: (state: ProbesState) => T): T {
  return useStore(useProbesContext().store, useShallow(selector));
}

export function useProbesActions(): ProbesActions {
  return useProbesContext().actions;
}

function useProbesContext(): Probes {
  return defined(useContext(ProbesContext), 'ProbesProvider');
}
