import type { BasinDocument } from '../../document/schema';
import { liveParameters } from '../../graph/parameterMeta';
import type { Registry } from '../../graph/registry';
import { LIVE } from '../names';

/**
 * Live scalars of a document by name (`LIVE`): what `Executable.setLive` takes. Parameters that their schema refuses
 * are left out.
 */
export function liveValues(document: BasinDocument, registry: Registry): Record<string, number> {
  const values: Record<string, number> = {
    [LIVE.learningRate]: document.training.learningRate,
  };
  for (const { id, kind, params } of document.nodes) {
    const definition = registry.get(kind);
    const names = definition ? liveParameters(definition) : [];
    const parsed = names.length === 0 ? undefined : definition?.params.safeParse(params);
    if (!parsed?.success) continue;
    for (const name of names) {
      const value = parsed.data[name];
      if (typeof value === 'number') values[LIVE.parameter(id, name)] = value;
    }
  }
  return values;
}

/**
 * A text that is equal for two documents exactly when one compiled program serves both: they may differ in live
 * values, positions, groups, notes on the canvas and how long or how often to train and evaluate.
 */
export function programKey(document: BasinDocument, registry: Registry): string {
  const nodes = document.nodes.map(({ id, kind, label, params, bypassed }) => {
    const definition = registry.get(kind);
    const live = new Set(definition ? liveParameters(definition) : []);
    const fixed = Object.entries(params)
      .filter(([name]) => !live.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return [id, kind, label, fixed, bypassed === true];
  });
  const edges = document.edges.map(({ source, sourcePort, target, targetPort }) => [
    source,
    sourcePort,
    target,
    targetPort,
  ]);
  const { seed, batchSize, optimizer, schedule, clipNorm, steps } = document.training;
  // A cosine ends with the run: only then do its steps matter to the program.
  const end = schedule.kind === 'cosine' ? steps : null;
  return JSON.stringify([nodes, edges, seed, batchSize, optimizer, schedule, clipNorm, end]);
}
