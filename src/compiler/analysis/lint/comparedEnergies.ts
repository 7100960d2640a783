import { comparedSides } from '../sides';
import { traits } from './gradients';
import type { LintContext } from './lintContext';
import type { ComparedEnergy } from './lintRule';
import { protections } from './protection';

/** What the rules on energies judge: energies that train something and compare two values. */
export function comparedEnergies(context: LintContext): ComparedEnergy[] {
  const ofValues = protections(context, false);
  const ofDirections = protections(context, true);
  return context.graph.nodes.flatMap((node): ComparedEnergy[] => {
    if (node.definition.category !== 'energy' || !context.acting.has(node.id)) return [];
    const sides = comparedSides(node);
    const protection = traits(node).comparesDirections ? ofDirections : ofValues;
    return sides ? [{ node, sides, context, protection }] : [];
  });
}
