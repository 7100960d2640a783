import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { EfficiencyStudy, NeighboursStudy, StudyRequest } from '../../probing/probeStudy';

/** What was asked of probes besides their reports, by node. */
export interface ProbeStudies {
  readonly efficiency?: Studied<EfficiencyStudy>;
  readonly neighbours?: Studied<NeighboursStudy>;
}

export interface Studied<T> {
  readonly study: T;
  /** Of the weights; null for those that a training starts with. */
  readonly step: number | null;
}

export interface ProbesState {
  readonly studies: ReadonlyMap<string, ProbeStudies>;
  /** The kind of study that is under way, and of which probe. */
  readonly asking: { readonly nodeId: string; readonly kind: StudyRequest['kind'] } | null;
  /** Why the last question has no answer. */
  readonly problem: string | null;
}

export type ProbesStore = StoreApi<ProbesState>;

export function createProbesStore(): ProbesStore {
  return createStore<ProbesState>(() => ({ studies: new Map(), asking: null, problem: null }));
}

export interface ProbesActions {
  /** Asks with the newest weights of the run. */
  study(nodeId: string, request: StudyRequest): void;
}
