import type { Result } from '../core/result';
import type { Engine } from '../engine/engine';

export interface ChosenEngine {
  readonly engine: Engine;
  /** Why this one, for the badge, in one sentence. */
  readonly reason: string;
}

/** Makes the engine of a session; called again when the device is lost. */
export type EngineFactory = () => Promise<Result<ChosenEngine>>;
