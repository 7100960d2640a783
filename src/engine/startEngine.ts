import { failure, type Result } from '../core/result';
import { withDeadline } from '../core/watch/withDeadline';
import type { EngineDescriptor } from './descriptor';
import type { Engine } from './engine';
import type { EngineHost } from './hosts/engineHost';

/** Its code comes over a network, which may be slow. */
const START_MS = 120_000;

/** Makes an engine; one that has not started within minutes is `run.engine-unavailable`, so that another may take its place. */
export async function startEngine(
  { label, create }: EngineDescriptor,
  host: EngineHost,
): Promise<Result<Engine>> {
  try {
    return await withDeadline(create(host), START_MS, `the engine ${label}`);
  } catch (error) {
    return failure({
      code: 'run.engine-unavailable',
      severity: 'error',
      message: `${label} cannot run here: ${error instanceof Error ? error.message : String(error)}.`,
      hint: 'Choose another engine, or reload the page.',
    });
  }
}
