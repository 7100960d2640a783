import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type {
  EmbeddingFrame,
  EmbeddingSettings,
  SampleTable,
} from '../../probing/embedding/embeddingFrame';
import type { PanelProblem } from '../panelProblem';

/** A port whose values can be drawn as points. */
export interface EmbeddablePort {
  readonly key: string;
  readonly label: string;
  /** Numbers of one point. */
  readonly width: number;
}

/** An energy that points can be coloured by. */
export interface ColouringEnergy {
  readonly nodeId: string;
  readonly label: string;
}

export interface EmbeddingState {
  /** Empty where the graph has none; null until somebody has looked. */
  readonly ports: readonly EmbeddablePort[] | null;
  readonly energies: readonly ColouringEnergy[];
  /** The port is one of `ports`, or empty where there is none. */
  readonly settings: EmbeddingSettings;
  /** The newest. */
  readonly frame: EmbeddingFrame | null;
  /** What its points are of; null where that is unknown. */
  readonly samples: SampleTable | null;
  /** It is of the graph that was trained, which is another one by now. */
  readonly stale: boolean;
  readonly computing: boolean;
  /** How far the one is that is being computed, from 0 to 1; null while it has not said. */
  readonly progress: number | null;
  /** Whether it goes on with the run. */
  readonly following: boolean;
  /** Why there is none of the graph as it is. */
  readonly problem: PanelProblem | null;
}

export type EmbeddingStore = StoreApi<EmbeddingState>;

export function createEmbeddingStore(): EmbeddingStore {
  return createStore<EmbeddingState>(() => ({
    ports: null,
    energies: [],
    settings: { port: '', method: 'pca', dimensions: 2, colour: { by: 'label' } },
    frame: null,
    samples: null,
    stale: false,
    computing: false,
    progress: null,
    following: true,
    problem: null,
  }));
}

/** What the panel asks for. */
export interface EmbeddingActions {
  /** Keeps the embedding up to date from now on; returns how to stop, when nobody looks any more. */
  watch(): () => void;
  choose(change: Partial<EmbeddingSettings>): void;
  /** Whether to go on with the run. */
  follow(following: boolean): void;
  /** What is being computed is to end with what it has, and no more is to follow. */
  stop(): void;
  /** Computes again after a failure. */
  retry(): void;
}
