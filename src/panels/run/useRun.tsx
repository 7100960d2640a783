import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { defined } from '../../core/invariant';
import type { RunActions, RunState, RunStore } from './runStore';

interface Run {
  readonly store: RunStore;
  readonly actions: RunActions;
}

const RunContext = createContext<Run | null>(null);

export function RunProvider({ store, actions, children }: Run & { children: ReactNode }) {
  const run = useMemo(() => ({ store, actions }), [store, actions]);
  return <RunContext value={run}>{children}</RunContext>;
}

/** A part of what is known of the run. Objects and arrays are compared one level deep. */
export function useRun<T>(selector: (state: RunState) => T): T {
  return useStore(useRunContext().store, useShallow(selector));
}

export function useRunActions(): RunActions {
  return useRunContext().actions;
}

function useRunContext(): Run {
  return defined(useContext(RunContext), 'RunProvider');
}
