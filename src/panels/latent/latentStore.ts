import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Domain } from '../../graph/inferenceStrategy';
import type { SampleTable } from '../../probing/embedding/embeddingFrame';
import type { LatentFrame } from '../../probing/latent/latentFrame';
import type { PanelProblem } from '../panelProblem';

/** A code that can be looked at. */
export interface LatentChoice {
  readonly id: string;
  readonly label: string;
  readonly domain: Domain;
  /** What its values are compared with, in words. */
  readonly target: string;
  /** Height, width and channels, where what is made are pictures. */
  readonly picture: readonly [number, number, number] | null;
}

export interface LatentState {
  /** Empty where the graph has none; null until somebody has looked. */
  readonly choices: readonly LatentChoice[] | null;
  readonly chosen: LatentChoice | null;
  /** The held-out sample whose code is looked at. */
  readonly sample: number;
  /** Numbers of the code that were changed by hand, by their place. */
  readonly changes: Readonly<Record<number, number>>;
  /** The newest. */
  readonly frame: LatentFrame | null;
  /** What it is compared with; null where that is unknown. */
  readonly samples: SampleTable | null;
  /** It is of the graph that was trained, which is another one by now. */
  readonly stale: boolean;
  /** Why there is none of the graph as it is. */
  readonly problem: PanelProblem | null;
}

export type LatentStore = StoreApi<LatentState>;

export function createLatentStore(): LatentStore {
  return createStore<LatentState>(() => ({
    choices: null,
    chosen: null,
    sample: 0,
    changes: {},
    frame: null,
    samples: null,
    stale: false,
    problem: null,
  }));
}

/** What the panel asks for. */
export interface LatentActions {
  /** Keeps what is shown up to date from now on; returns how to stop, when nobody looks any more. */
  watch(): () => void;
  choose(id: string): void;
  /** Looks at the code of another sample, as it is. */
  setSample(sample: number): void;
  /** Changes numbers of the code. */
  change(numbers: Readonly<Record<number, number>>): void;
  /** The code is that of the sample again. */
  restore(): void;
  /** Computes again after a failure. */
  retry(): void;
}
