import type { Value } from '../../ir/types';
import { freePort, freeVariables, seeksMinimum } from '../graph/freeVariables';
import { portKey, type Graph, type PortKey } from '../graph/graph';
import { jointGroups } from '../graph/jointGroups';
import { distanceToMinimum } from '../latentInference/distanceToMinimum';
import { inferFreeVariables } from '../latentInference/inference';
import type { Evaluation, EvaluationOptions } from '../lowering/lower';
import type { ProgramContext } from '../lowering/programContext';
import { OUTPUT, type WatchedVariable } from './compiled';

/** Ten times the steps should find next to nothing more. */
const TENFOLD = 10;
/** Parts of the steps after which the energy is looked at: how it falls, at the cost of three quarters of an inference. */
const PARTS = [0, 1 / 4, 1 / 2] as const;

/**
 * How far from a minimum the free variables are as `evaluation` has them, how their energy got there, and where it gets after
 * ten times the steps.
 */
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
  const counts = stepCounts(context.analysis.graph, options);
  const energiesAfter = (effort: number, nameOf: (nodeId: string) => string): void => {
    const found = inferFreeVariables(context, options, { effort });
    for (const { node, energy } of distanceToMinimum(context, options, found)) {
      outputs.set(nameOf(node.id), energy);
    }
  };
  if ([...counts.values()].some((count) => count > 0)) {
    for (const part of PARTS) {
      energiesAfter(part, (id) => OUTPUT.partlyInferredEnergy(id, stepsAfter(counts, id, part)));
    }
  }
  if (tenfold) energiesAfter(TENFOLD, OUTPUT.tenfoldEnergy);
  return nodes.map(({ id, label }) => {
    const steps = [...PARTS, 1].map((part) => stepsAfter(counts, id, part));
    return { nodeId: id, label, steps: counts.get(id) ? [...new Set(steps)] : [] };
  });
}

/** The steps that are taken for each variable that takes any, by its node. */
function stepCounts(graph: Graph, { mode }: EvaluationOptions): ReadonlyMap<string, number> {
  return new Map(
    jointGroups(graph).flatMap(({ variables, search }) => {
      const count = search.steps?.(
        variables.map(({ node }) => node.params),
        mode,
      );
      return variables.map(({ node }) => [node.id, count ?? 0] as const);
    }),
  );
}

function stepsAfter(counts: ReadonlyMap<string, number>, nodeId: string, part: number): number {
  return Math.round(part * (counts.get(nodeId) ?? 0));
}
