import type { Result } from '../core/result';
import type { Engine } from '../engine/engine';
import type { Program } from '../ir/types';

export interface ChosenEngine {
  readonly engine: Engine;
  /** Why this one, for the badge, in one sentence. */
  readonly reason: string;
  /** The label of another engine that has room for a program; null where none is known to have. */
  roomier?(program: Program): Promise<string | null>;
}

/** Makes the engine of a session; called again when the device is lost. */
export type EngineFactory = () => Promise<Result<ChosenEngine>>;
