import type { z } from 'zod';
import { formatWeight } from '../../../core/formatNumber';
import type { Remedy } from '../../../core/remedy';
import { liveParameters, parameterMeta } from '../../../graph/parameterMeta';
import { nodeName } from '../../graph/elaborate';
import type { Graph, GraphNode } from '../../graph/graph';
import { objectiveTerms } from '../objective';
import { comparedEnergies } from './comparedEnergies';
import { lintContext, type LintContext } from './lintContext';
import type { ComparedEnergy } from './lintRule';

/**
 * Sets a live parameter that is 0 to its default, if a finding on an energy does not apply any longer then: a guard that
 * is there and has no weight. Null where none would help.
 */
export function wakeTerm(
  { node: { id }, context }: ComparedEnergy,
  applies: (energy: ComparedEnergy) => boolean,
): Remedy | null {
  for (const { node, parameter, value } of dormantIn(context.graph)) {
    const woken = withParameter(context, node, parameter, value);
    const energy = comparedEnergies(woken).find((other) => other.node.id === id);
    if (!energy || applies(energy)) continue;
    const label = labelOf(node, parameter);
    return {
      label: `Set ${label.charAt(0).toLowerCase()}${label.slice(1)} of ${nodeName(node)} to ${formatWeight(value)}`,
      steps: [{ kind: 'setParameter', nodeId: node.id, parameter, value }],
    };
  }
  return null;
}

interface Dormant {
  readonly node: GraphNode;
  readonly parameter: string;
  readonly value: number;
}

const known = new WeakMap<Graph, readonly Dormant[]>();

/** Of all nodes, looked for once: every energy with a finding asks. */
function dormantIn(graph: Graph): readonly Dormant[] {
  const found =
    known.get(graph) ??
    graph.nodes.flatMap((node) => dormantParameters(node).map((one) => ({ node, ...one })));
  known.set(graph, found);
  return found;
}

function schemaOf({ definition }: GraphNode, parameter: string): z.ZodType | undefined {
  return definition.params.shape[parameter] as z.ZodType | undefined;
}

/** Live parameters that are 0 and whose default is not. */
function dormantParameters(node: GraphNode): { parameter: string; value: number }[] {
  return liveParameters(node.definition).flatMap((parameter) => {
    if (node.params[parameter] !== 0) return [];
    const value: unknown = schemaOf(node, parameter)?.parse(undefined);
    return typeof value === 'number' && value > 0 ? [{ parameter, value }] : [];
  });
}

function labelOf(node: GraphNode, parameter: string): string {
  const schema = schemaOf(node, parameter);
  return (schema && parameterMeta(schema).label) ?? parameter;
}

/** The same graph with another value of one parameter that shapes nothing. */
function withParameter(
  context: LintContext,
  { id }: GraphNode,
  parameter: string,
  value: number,
): LintContext {
  const nodes = context.graph.nodes.map((node) =>
    node.id === id ? { ...node, params: { ...node.params, [parameter]: value } } : node,
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const graph: Graph = { ...context.graph, nodes, byId };
  return lintContext({ ...context, graph, objective: objectiveTerms(graph) });
}
