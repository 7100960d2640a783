import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { defined } from '../../core/invariant';
import type { SequenceActions, SequenceState, SequenceStore } from './sequenceStore';

interface Sequence {
  readonly store: SequenceStore;
  readonly actions: SequenceActions;
}

const SequenceContext = createContext<Sequence | null>(null);

export function SequenceProvider({
  store,
  actions,
  children,
}: Sequence & { readonly children: ReactNode }) {
  const sequence = useMemo(() => ({ store, actions }), [store, actions]);
  return <SequenceContext value={sequence}>{children}</SequenceContext>;
}

/** A part of what is known of the sequences. Objects and arrays are compared one level deep. */
export function useSequence<T>(selector: (state: SequenceState) => T): T {
  return useStore(useSequenceContext().store, useShallow(selector));
}

export function useSequenceActions(): SequenceActions {
  return useSequenceContext().actions;
}

function useSequenceContext(): Sequence {
  return defined(useContext(SequenceContext), 'SequenceProvider');
}
