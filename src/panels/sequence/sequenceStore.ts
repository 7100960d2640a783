import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { SequenceFilm, SequenceFrame } from '../../probing/sequence/sequenceFrame';
import type { PanelProblem } from '../panelProblem';

export interface SequenceState {
  /** Whether the graph has data with time; null until somebody has looked. */
  readonly hasTime: boolean | null;
  /** What is made of the sequences, by the newest weights. */
  readonly frame: SequenceFrame | null;
  readonly film: SequenceFilm | null;
  /** It is of the graph that was trained, which is another one by now. */
  readonly stale: boolean;
  /** Why there is none of the graph as it is. */
  readonly problem: PanelProblem | null;
}

export type SequenceStore = StoreApi<SequenceState>;

export function createSequenceStore(): SequenceStore {
  return createStore<SequenceState>(() => ({
    hasTime: null,
    frame: null,
    film: null,
    stale: false,
    problem: null,
  }));
}

/** What the panel asks for. */
export interface SequenceActions {
  /** Keeps what is shown up to date from now on; returns how to stop, when nobody looks any more. */
  watch(): () => void;
  /** Computes again after a failure. */
  retry(): void;
}
