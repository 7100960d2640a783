import { sampleSize } from '../../graph/ports';
import type { Analysis } from '../analysis/analysis';
import { portKey, type GraphNode, type PortKey, type PortReference } from '../graph/graph';

/** A port whose values are points of a space that can be looked at. */
export interface EmbeddingPort extends PortReference {
  readonly key: PortKey;
  readonly label: string;
  /** `learned`: what a module gives, `latent`: what inference or an encoder puts there, `observed`: the data itself. */
  readonly space: 'learned' | 'latent' | 'observed';
  /** Steps of time, each of them a point; null without time. */
  readonly time: number | null;
  /** Numbers of one point. */
  readonly width: number;
}

const SPACES: Readonly<Record<string, EmbeddingPort['space']>> = {
  module: 'learned',
  latent: 'latent',
  data: 'observed',
};
const ORDER: readonly EmbeddingPort['space'][] = ['learned', 'latent', 'observed'];

/** Tensor outputs of modules, latents, and observed values that something reads, each in the order of the graph. */
export function embeddingPorts({ graph, types }: Analysis): EmbeddingPort[] {
  const ports = graph.nodes.flatMap((node) =>
    node.ports.outputs.flatMap(({ name: port, type }): EmbeddingPort[] => {
      const key = portKey(node.id, port);
      const tensor = types.get(key);
      const space = SPACES[node.definition.category];
      if (type !== 'tensor' || !tensor || space === undefined) return [];
      if (space === 'observed' && !graph.consumers.has(key)) return [];
      const { time } = tensor;
      const width = sampleSize(tensor) / (time ?? 1);
      return [{ nodeId: node.id, port, key, label: labelOf(node, port), space, time, width }];
    }),
  );
  return ORDER.flatMap((space) => ports.filter((port) => port.space === space));
}

function labelOf({ label, ports }: GraphNode, port: string): string {
  const isOnly = ports.outputs.filter(({ type }) => type === 'tensor').length === 1;
  return isOnly ? label : `${label} · ${port}`;
}
