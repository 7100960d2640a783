import type { Analysis } from '../analysis/analysis';
import type { Split } from '../lowering/lower';

/** Rows of each data set of a graph, or of some of its nodes. */
export function datasetRows(
  { graph }: Analysis,
  split: Split,
  among?: ReadonlySet<string>,
): number[] {
  return graph.nodes.flatMap((node) => {
    const dataset = node.definition.dataset?.(node.params);
    if (!dataset || (among && !among.has(node.id))) return [];
    return [split === 'train' ? dataset.trainRows : dataset.heldOutRows];
  });
}
