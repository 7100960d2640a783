import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { defined } from '../../core/invariant';
import type { KernelsActions, KernelsState, KernelsStore } from './kernelsStore';

interface Kernels {
  readonly store: KernelsStore;
  readonly actions: KernelsActions;
}

const KernelsContext = createContext<Kernels | null>(null);

export function KernelsProvider({
  store,
  actions,
  children,
}: Kernels & { readonly children: ReactNode }) {
  const kernels = useMemo(() => ({ store, actions }), [store, actions]);
  return <KernelsContext value={kernels}>{children}</KernelsContext>;
}

/** A part of what is known of the kernels. Objects and arrays are compared one level deep. */
export function useKernels<T>(selector: (state: KernelsState) => T): T {
  return useStore(useKernelsContext().store, useShallow(selector));
}

export function useKernelsActions(): KernelsActions {
  return useKernelsContext().actions;
}

function useKernelsContext(): Kernels {
  return defined(useContext(KernelsContext), 'KernelsProvider');
}
