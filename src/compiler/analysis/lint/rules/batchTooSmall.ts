import type { TensorType } from '../../../../graph/ports';
import { elementCount } from '../../../../ir/types';
import type { Remedy } from '../../../../core/remedy';
import { DEFAULT_TRAINING } from '../../../../document/schema';
import { nodeName } from '../../../graph/elaborate';
import { portKey, type GraphNode, type PortKey } from '../../../graph/graph';
import { valueInputs } from '../../../graph/topology';
import { traits } from '../gradients';
import type { LintContext } from '../lintContext';
import type { LintRule } from '../lintRule';
import { offered } from '../offered';

/**
 * A variance needs two rows, as batch normalisation and a contrast with other samples do: of one alone they say nothing of their
 * input, and nothing is learned through them. With time folded into the batch, each step of a sequence is a row.
 */
export const batchTooSmall: LintRule = {
  on: 'graph',
  find: (context) =>
    context.graph.nodes
      .filter(
        (node) =>
          context.acting.has(node.id) &&
          traits(node).compares !== undefined &&
          rowsOf(node, context) < 2,
      )
      .map((node) => ({
        code: 'lint.batch-too-small',
        severity: 'error',
        nodeId: node.id,
        message: `${nodeName(node)} needs at least 2 rows to compare with each other; a batch of ${context.batchSize} has ${rowsOf(node, context)}, and nothing can be learned from it.`,
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

/** Rows of which the node sees the statistics: samples, times steps, times places of images where these count. */
function rowsOf(node: GraphNode, { types, batchSize }: LintContext): number {
  const inputs = valueInputs(node).map(({ nodeId, port }) => portKey(nodeId, port));
  const outputs = node.ports.outputs.map(({ name }) => portKey(node.id, name));
  const largest = (keys: readonly PortKey[], count: (type: TensorType) => number): number =>
    Math.max(
      1,
      ...keys.map((key) => types.get(key)).map((type) => (type === undefined ? 1 : count(type))),
    );
  const steps = node.definition.time === 'fold' ? largest(inputs, ({ time }) => time ?? 1) : 1;
  // An image is made smaller or larger layer by layer: what it is at one end is at least what it is within.
  const places =
    traits(node).compares === 'places'
      ? largest([...inputs, ...outputs], ({ shape }) => elementCount(shape.slice(0, -1)))
      : 1;
  return batchSize * steps * places;
}
