import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { defined } from '../../core/invariant';
import type { RunsActions, RunsState, RunsStore } from './runsStore';

interface Runs {
  readonly store: RunsStore;
  readonly actions: RunsActions;
}

const RunsContext = createContext<Runs | null>(null);

export function RunsProvider({
  store,
  actions,
  children,
}: Runs & { readonly children: ReactNode }) {
  const runs = useMemo(() => ({ store, actions }), [store, actions]);
  return <RunsContext value={runs}>{children}</RunsContext>;
}

/** A part of what is known of the runs. Objects and arrays are compared one level deep. */
export function useRuns<T>(selector: (state: RunsState) => T): T {
  return useStore(useRunsContext().store, useShallow(selector));
}

export function useRunsActions(): RunsActions {
  return useRunsContext().actions;
}

function useRunsContext(): Runs {
  return defined(useContext(RunsContext), 'RunsProvider');
}
