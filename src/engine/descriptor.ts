import type { Result } from '../core/result';
import type { Program } from '../ir/types';
import type { Engine } from './engine';
import type { EngineHost } from './hosts/engineHost';

/** What there is to know of an engine before it is made: a line of the table in `engines.ts`. */
export interface EngineDescriptor {
  /** As documents of a run, the command line and preferences call it; that of the engine's `info` too. */
  readonly name: string;
  /** For menus. */
  readonly label: string;
  /** One line beside the label. */
  readonly hint: string;
  /** Whether `auto` measures it against the others; if not, it runs only where it is asked for by name. */
  readonly automatic: boolean;
  /** Needs no device, so that it can go on where another engine's was lost. */
  readonly portable: boolean;
  /**
   * Makes the engine, loading no code before. Where it cannot run, the diagnostics are `run.engine-unavailable`: this
   * is the test of whether it is available.
   */
  create(host: EngineHost): Promise<Result<Engine>>;
  /** Whether a program keeps the limits of memory that are known of the engine, as far as can be said without making it. */
  hasRoom?(program: Program, host: EngineHost): Promise<boolean>;
}
