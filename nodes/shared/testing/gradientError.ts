import { defined } from '../../../src/core/invariant';
import type { NodeDefinition } from '../../../src/graph/nodeDefinition';
import { lowerRun, runLowered, runNode, type NodeRun } from './runNode';
import { listOf, type TestArray } from './tensor';

/** Step of the central differences: their error is of the order of its square. */
const STEP = 1e-5;

/**
 * Largest difference between the gradient of the sum of `output` with respect to any number of the inputs, or of the
 * weights that the run gives, and the central difference of that sum: about 1e-9 where the gradient is right and the
 * node smooth.
 */
export async function gradientError(
  definition: NodeDefinition,
  run: NodeRun & { readonly inputs: NonNullable<NodeRun['inputs']> },
  output: string,
): Promise<number> {
  const found = await runNode(definition, { ...run, gradientOf: output });
  const forward = lowerRun(definition, run);
  let worst = 0;
  const compare = async (
    values: readonly number[],
    gradient: TestArray | undefined,
    changed: (values: readonly number[]) => NodeRun,
  ): Promise<void> => {
    for (const [index, value] of values.entries()) {
      const at = async (moved: number): Promise<number> => {
        const { outputs } = await runLowered(forward, changed(values.with(index, moved)));
        return defined(outputs[output], output).values.reduce((sum, y) => sum + y, 0);
      };
      const difference = ((await at(value + STEP)) - (await at(value - STEP))) / (2 * STEP);
      const error = Math.abs(difference - defined(gradient?.values[index], 'gradient'));
      worst = Number.isNaN(error) ? Infinity : Math.max(worst, error);
    }
  };
  for (const [port, given] of Object.entries(run.inputs)) {
    const list = listOf(given);
    for (const [which, tensor] of list.entries()) {
      await compare(tensor.values, found.gradients[port]?.[which], (values) => ({
        ...run,
        inputs: { ...run.inputs, [port]: list.with(which, { ...tensor, values }) },
      }));
    }
  }
  for (const [name, values] of Object.entries(run.weights ?? {})) {
    await compare(values, found.weightGradients[name], (changed) => ({
      ...run,
      weights: { ...run.weights, [name]: changed },
    }));
  }
  return worst;
}
