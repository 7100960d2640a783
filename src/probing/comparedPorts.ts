import type { Analysis } from '../compiler/analysis/analysis';
import { portKey, type GraphNode, type PortKey } from '../compiler/graph/graph';

/** Which representations the objective looks at: outputs of modules, with nothing between that has weights. */
export interface ComparedPorts {
  /** An energy or a regularizer reads it; others only feed further modules. */
  readonly any: ReadonlySet<PortKey>;
  /** An energy compares it by direction only: its offset from the origin counts, as that of nothing else does. */
  readonly byDirection: ReadonlySet<PortKey>;
}

export function comparedPorts(analysis: Analysis): ComparedPorts {
  return {
    any: portsRead(analysis, ({ definition: { category } }) => READERS.has(category)),
    byDirection: portsRead(
      analysis,
      ({ definition, params }) => definition.traits?.(params).comparesDirections === true,
    ),
  };
}

const READERS: ReadonlySet<string> = new Set(['energy', 'reg', 'loss']);

function portsRead({ graph, owners }: Analysis, isReader: (node: GraphNode) => boolean) {
  const found = new Set<PortKey>();
  const visit = (nodeId: string): void => {
    for (const sources of graph.byId.get(nodeId)?.inputs.values() ?? []) {
      for (const source of sources) {
        if (owners.has(source.nodeId)) found.add(portKey(source.nodeId, source.port));
        else visit(source.nodeId);
      }
    }
  };
  for (const node of graph.nodes.filter(isReader)) visit(node.id);
  return found;
}
