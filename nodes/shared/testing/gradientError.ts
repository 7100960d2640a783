import { defined } from '../../../src/core/invariant';
import type { NodeDefinition } from '../../../src/graph/nodeDefinition';
import { lowerRun, runLowered, runNode, type NodeRun } from './runNode';
import { listOf, type TestTensor } from './tensor';

/** Step of the central differences: their error is of the order of its square. */
const STEP = 1e-5;

/**
 * Largest difference between the gradient of the sum of `output` with respect to any number of the inputs, and the
 * central difference of that sum: about 1e-9 where the gradient is right and the node smooth.
 */
export async function gradientError(
  definition: NodeDefinition,
  run: NodeRun & { readonly inputs: NonNullable<NodeRun['inputs']> },
  output: string,
): Promise<number> {
  const { gradients } = await runNode(definition, { ...run, gradientOf: output });
  const forward = lowerRun(definition, run);
  let worst = 0;
  for (const [port, given] of Object.entries(run.inputs)) {
    const list = listOf(given);
    for (const [which, tensor] of list.entries()) {
      const gradient = defined(gradients[port]?.[which], `gradient of ${port}`);
      for (const [index, value] of tensor.values.entries()) {
        const at = async (moved: number): Promise<number> => {
          const changed: TestTensor = { ...tensor, values: tensor.values.with(index, moved) };
          const inputs = { ...run.inputs, [port]: list.with(which, changed) };
          const { outputs } = await runLowered(forward, { ...run, inputs });
          return defined(outputs[output], output).values.reduce((sum, y) => sum + y, 0);
        };
        const difference = ((await at(value + STEP)) - (await at(value - STEP))) / (2 * STEP);
        const error = Math.abs(difference - defined(gradient.values[index], 'element'));
        worst = Number.isNaN(error) ? Infinity : Math.max(worst, error);
      }
    }
  }
  return worst;
}
