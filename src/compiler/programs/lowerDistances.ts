import type { Value } from '../../ir/types';
import { freePort, freeVariables, seeksMinimum } from '../graph/freeVariables';
import { portKey, type PortKey } from '../graph/graph';
import { distanceToMinimum } from '../latentInference/distanceToMinimum';
import { inferFreeVariables } from '../latentInference/inference';
import type { Evaluation, EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { OUTPUT, type WatchedVariable } from './compiled';

/** Ten times the steps should find next to nothing more. */
const EFFORT = 10;

/** How far from a minimum the free variables are as `evaluation` has them, and after ten times the steps. */
export function lowerDistances(
  context: ProgramContext,
  options: EvaluationOptions,
  evaluation: Evaluation,
  outputs: Map<string, Value>,
  tenfold: boolean,
): WatchedVariable[] {
  const nodes = freeVariables(context.analysis.graph).filter(seeksMinimum);
  if (nodes.length === 0) return [];
  const values = new Map<PortKey, Value>(
    nodes.map((node) => {
      const reference = { nodeId: node.id, port: freePort(node) };
      return [portKey(node.id, reference.port), evaluation.output(reference)];
    }),
  );
  for (const { node, energy, slope } of distanceToMinimum(context, options, values)) {
    outputs.set(OUTPUT.inferredEnergy(node.id), energy);
    outputs.set(OUTPUT.inferredSlope(node.id), slope);
  }
  if (tenfold) {
    const further = inferFreeVariables(context, options, { effort: EFFORT });
    for (const { node, energy } of distanceToMinimum(context, options, further)) {
      outputs.set(OUTPUT.tenfoldEnergy(node.id), energy);
    }
  }
  return nodes.map(({ id, label }) => ({ nodeId: id, label }));
}
