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
