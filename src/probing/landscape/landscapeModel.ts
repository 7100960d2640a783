import type { DatasetCache } from '../../compiler/programs/loadData';
import type { Engine, HostArrays } from '../../engine/engine';

/** What pictures of a model are computed with. */
export interface LandscaperOptions {
  /** Stays the caller's: it is not disposed of. */
  readonly engine: Engine;
  asset(name: string): Promise<ArrayBuffer>;
  readonly cache?: DatasetCache;
}

/** Weights and statistics, and live values that differ from the document's. */
export interface LandscapeModel {
  /** Null for what a training starts with. */
  readonly snapshot: { readonly step: number; readonly state: HostArrays } | null;
  readonly live: Readonly<Record<string, number>>;
}
