import { sampleSize } from '../../../graph/ports';
import type { PortKey, PortReference } from '../../graph/graph';
import { valueInputs } from '../../graph/topology';
import type { LintContext } from './lintContext';
import { maximumFlow } from './maximumFlow';

/**
 * How many numbers of one value can reach another unhindered: the least width at which all ways between them can be
 * cut (max-flow min-cut, Ford & Fulkerson 1956). Noise, masks and values that an acting regularizer bounds let none
 * through freely.
 */
export function freeFlow(context: LintContext, from: PortReference, to: PortReference): number {
  const { graph, types, bounded } = context;
  const capacity = (key: PortKey): number => {
    const type = types.get(key);
    return !type || bounded.has(key) ? 0 : sampleSize(type);
  };
  const sources = ({ nodeId }: PortReference): readonly PortReference[] => {
    const node = graph.byId.get(nodeId);
    return node ? valueInputs(node) : [];
  };
  return maximumFlow(from, to, sources, capacity);
}
