import type { Remedy } from '../../../../core/remedy';
import { DEFAULT_TRAINING } from '../../../../document/schema';
import { nodeName } from '../../../graph/elaborate';
import { portKey, type GraphNode } from '../../../graph/graph';
import { valueInputs } from '../../../graph/topology';
import { guarding } from '../protection';
import type { LintContext } from '../lintContext';
import type { LintRule } from '../lintRule';
import { offered } from '../offered';

/** A variance needs two rows, and so does a contrast. With time folded into the batch, each step of a sequence is a row. */
export const batchTooSmall: LintRule = {
  on: 'graph',
  find: (context) =>
    context.graph.nodes
      .filter((node) => guarding(node, context) && rowsOf(node, context) < 2)
      .map((node) => ({
        code: 'lint.batch-too-small',
        severity: 'error',
        nodeId: node.id,
        message: `${nodeName(node)} needs at least 2 rows to compare with each other; a batch of ${context.batchSize} has ${rowsOf(node, context)}.`,
        hint: 'Raise the batch size in the training settings.',
        ...offered(raiseBatch(context)),
      })),
};

/** To the batch that a new document has, as far as every data set has rows. */
function raiseBatch({ graph }: LintContext): Remedy | null {
  const rows = graph.nodes.flatMap(
    ({ definition, params }) => definition.dataset?.(params).trainRows ?? [],
  );
  const batchSize = Math.min(DEFAULT_TRAINING.batchSize, ...rows);
  if (batchSize < 2) return null;
  const label = `Raise the batch size to ${batchSize}`;
  return { label, steps: [{ kind: 'setBatchSize', batchSize }] };
}

/** Rows of which the node sees the statistics: samples times steps. */
function rowsOf(node: GraphNode, { types, batchSize }: LintContext): number {
  if (node.definition.time !== 'fold') return batchSize;
  const steps = valueInputs(node).map(
    ({ nodeId, port }) => types.get(portKey(nodeId, port))?.time ?? 1,
  );
  return batchSize * Math.max(1, ...steps);
}
