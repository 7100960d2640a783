import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { KernelListing } from '../../codegen/report/kernelListing';
import type { PlanTarget } from '../../../workers/protocol';
import type { PanelProblem } from '../panelProblem';

/** A plan of the graph, and how it was made. */
export interface ShownPlan extends PlanTarget {
  readonly listing: KernelListing;
  readonly compileMs: number;
  /** What of it the adapter has no room for, in one sentence. */
  readonly tooLarge: string | null;
}

export interface KernelsState {
  readonly plan: ShownPlan | null;
  /** The graph has changed since, or was not planned yet: a plan is being made. */
  readonly planning: boolean;
  /** Why there is no plan of the graph as it is. */
  readonly problem: PanelProblem | null;
  /** Number of the chosen kernel in the plan. */
  readonly chosen: number | null;
}

export type KernelsStore = StoreApi<KernelsState>;

export function createKernelsStore(): KernelsStore {
  return createStore<KernelsState>(() => ({
    plan: null,
    planning: false,
    problem: null,
    chosen: null,
  }));
}

/** What the panel asks for. */
export interface KernelsActions {
  /** Keeps the plan up to date from now on; returns how to stop, when nobody looks any more. */
  watch(): () => void;
  /** Lights up the nodes that a kernel came from. */
  choose(kernel: number | null): void;
  /** Plans again after a failure. */
  retry(): void;
}
