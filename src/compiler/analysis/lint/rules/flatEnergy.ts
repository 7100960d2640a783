import type { Remedy, RemedyPort } from '../../../../core/remedy';
import { nodeName } from '../../../graph/elaborate';
import { freeVariables } from '../../../graph/freeVariables';
import type { GraphNode } from '../../../graph/graph';
import { upstream } from '../../../graph/topology';
import { contrastedEnergies } from '../contrastedEnergies';
import { traits } from '../gradients';
import type { LintContext } from '../lintContext';
import type { LintRule } from '../lintRule';
import { offered } from '../offered';

/** The energy loss alone on an energy that its weights can lower for all y alike (Dawid & LeCun 2023, §4). */
export const flatEnergy: LintRule = {
  on: 'graph',
  find: (context) => {
    const contrasted = contrastedEnergies(context);
    return context.graph.nodes
      .filter((node) => traits(node).sinks && !contrasted.has(node.id))
      .filter(({ id }) => context.acting.has(id) && context.trained.has(id))
      .map((node) => ({
        code: 'lint.flat-energy',
        severity: 'warning',
        nodeId: node.id,
        message: `${nodeName(node)} can become low everywhere: its weights push it down on the data, and nothing pushes it up elsewhere, so nothing keeps it from being flat (notes §4).`,
        hint: 'Train it by a loss functional with contrastive points, which it is pushed up on.',
        ...offered(contrast(node, context)),
      }));
  },
};

/** The likelihood, with points that suit the energy: sweeps of units, the y of other samples, samples of F, or noise. */
function contrast(node: GraphNode, { graph }: LintContext): Remedy | null {
  const energy = node.ports.outputs.find(({ type }) => type === 'energy');
  const observed = judgedValue(node);
  if (!energy || !observed) return null;
  const above = upstream(graph, [node.id]);
  const sampler = node.definition.conditionals
    ? 'negative.gibbs'
    : tensorInputs(node).length > 1
      ? 'negative.shuffle'
      : freeVariables(graph).some(({ id }) => above.has(id))
        ? 'negative.noise'
        : 'negative.langevin';
  return {
    label: `Contrast ${nodeName(node)} by its likelihood`,
    steps: [
      {
        kind: 'contrast',
        energy: { nodeId: node.id, port: energy.name },
        observed,
        sampler,
        functional: 'loss.nll',
      },
    ],
  };
}

/** What the energy says how well it fits: its units, or the last of what it takes. */
function judgedValue(node: GraphNode): RemedyPort | undefined {
  const [units] = node.definition.conditionals?.ports ?? [];
  return units === undefined ? tensorInputs(node).at(-1) : node.inputs.get(units)?.[0];
}

function tensorInputs(node: GraphNode): RemedyPort[] {
  return node.ports.inputs
    .filter(({ type }) => type === 'tensor')
    .flatMap(({ name }) => node.inputs.get(name) ?? []);
}
