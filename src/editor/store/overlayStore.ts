import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

/** A judgement with its evidence. Green is for what was shown to be well, never for the absence of trouble. */
export interface NodeHealth {
  /** `neutral`: there was a judgement, but it does not stand any more. */
  readonly tone: 'good' | 'warn' | 'bad' | 'neutral';
  /** In words, e.g. `complete collapse`. */
  readonly label: string;
  /** The evidence in one sentence. */
  readonly reason: string;
}

/** The mean energy over held-out samples after some steps of inference. */
export interface InferenceMoment {
  readonly steps: number;
  readonly energy: number;
}

/** What a probe reads on held-out samples. */
export type NodeReading =
  | {
      readonly kind: 'score';
      readonly measure: 'accuracy' | 'R²';
      /** Held-out rows. */
      readonly rows: number;
      readonly score: number | null;
      /** The same probe on the untrained network, and on raw input; null where there is none. */
      readonly untrained: number | null;
      readonly raw: number | null;
    }
  /** Counts by dimension. */
  | { readonly kind: 'histogram'; readonly counts: readonly (readonly number[])[] }
  /** The first samples, each of the shape. */
  | {
      readonly kind: 'view';
      readonly shape: readonly number[];
      readonly samples: readonly (readonly number[])[];
    };

/** What a run shows on a node. Fed from outside, never part of the document. */
export interface NodeOverlay {
  /** The latest plain value of an energy or a term. */
  readonly value?: number;
  /** Recent values, oldest first, for a small curve. */
  readonly trace?: readonly number[];
  readonly health?: NodeHealth;
  /** How inference lowers the energy of a free variable, from its start to what it finds. */
  readonly fall?: readonly InferenceMoment[];
  readonly reading?: NodeReading | undefined;
  /** A short remark on the value, shown as its tooltip. */
  readonly note?: string;
}

export interface OverlayState {
  readonly overlays: ReadonlyMap<string, NodeOverlay>;
  /** Whether data flows: edges pulse. */
  readonly running: boolean;
  /** Nodes that something chosen elsewhere stands for: they are lit, without being selected. */
  readonly lit: ReadonlySet<string>;
}

/**
 * A store of its own, because it changes at display rate while the document rests: subscribing to one node's entry
 * redraws that node and nothing else.
 */
export interface OverlayStore extends StoreApi<OverlayState> {
  /** Merges into the overlays of the nodes that are named; fields set to undefined are removed. */
  setOverlays(changes: Readonly<Record<string, NodeOverlay>>): void;
  setOverlay(nodeId: string, change: NodeOverlay): void;
  setRunning(running: boolean): void;
  setLit(nodeIds: Iterable<string>): void;
  /** Forgets what a run has shown: another document, or a reset. */
  clear(): void;
}

export function createOverlayStore(): OverlayStore {
  const store = createStore<OverlayState>(() => ({
    overlays: new Map(),
    running: false,
    lit: new Set(),
  }));
  const setOverlays = (changes: Readonly<Record<string, NodeOverlay>>): void => {
    store.setState(({ overlays }) => {
      const next = new Map(overlays);
      for (const [nodeId, change] of Object.entries(changes)) {
        next.set(nodeId, { ...next.get(nodeId), ...change });
      }
      return { overlays: next };
    });
  };
  return {
    ...store,
    setOverlays,
    setOverlay: (nodeId, change) => setOverlays({ [nodeId]: change }),
    setRunning: (running) => store.setState({ running }),
    setLit: (nodeIds) => store.setState({ lit: new Set(nodeIds) }),
    clear: () => store.setState({ overlays: new Map(), running: false }),
  };
}
