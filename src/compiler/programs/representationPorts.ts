import { defined } from '../../core/invariant';
import { sampleSize } from '../../graph/ports';
import type { Analysis } from '../analysis/analysis';
import { isLearnedEnergy } from '../analysis/sides';
import { portKey } from '../graph/graph';
import { someUpstream } from '../graph/topology';
import type { RepresentationPort } from './compiled';
import { sharedViews } from './sharedViews';

/**
 * Tensor outputs of modules. A port that an energy compares with something nothing can train lives in a space that data
 * gives, and so does one that only sets the width of a distribution: neither is an embedding that could collapse.
 */
export function representationPorts(analysis: Analysis, batch: number): RepresentationPort[] {
  const { graph, types, owners } = analysis;
  const views = sharedViews(analysis);
  const isTrainable = (id: string): boolean => upstreamTrainable(analysis, id);
  return graph.nodes
    .filter(({ id, definition }) => owners.has(id) && definition.category === 'module')
    .flatMap((node) =>
      node.ports.outputs.flatMap(({ name, type }): RepresentationPort[] => {
        const key = portKey(node.id, name);
        const tensor = types.get(key);
        if (type !== 'tensor' || !tensor) return [];
        const readers = graph.consumers.get(key) ?? [];
        const given = readers.some(({ nodeId, port }) => {
          const reader = defined(graph.byId.get(nodeId), 'reader');
          if (port === 'logVariance') return true;
          if (reader.definition.category !== 'energy' || isLearnedEnergy(reader)) return false;
          return [...reader.inputs].some(
            ([other, sources]) =>
              other !== port && sources.some((source) => !isTrainable(source.nodeId)),
          );
        });
        const time = tensor.time ?? 1;
        return [
          {
            key,
            nodeId: node.id,
            port: name,
            label: node.label,
            rows: batch * time,
            dim: sampleSize(tensor) / time,
            space: given ? 'prediction' : 'embedding',
            views: views.get(key) ?? [],
          },
        ];
      }),
    );
}

function upstreamTrainable({ graph, owners }: Analysis, id: string): boolean {
  return someUpstream(graph, [id], (above) => owners.has(above));
}
