import { comparedSides } from '../sides';
import { contrastedEnergies } from './contrastedEnergies';
import type { LintContext } from './lintContext';
import type { ComparedEnergy } from './lintRule';
import { protections } from './protection';

/** What the rules on energies judge: energies that train something, compare two values, and are not contrasted. */
export function comparedEnergies(context: LintContext): ComparedEnergy[] {
  const protection = protections(context);
  const contrasted = contrastedEnergies(context);
  return context.graph.nodes.flatMap((node): ComparedEnergy[] => {
    if (node.definition.category !== 'energy' || !context.acting.has(node.id)) return [];
    if (contrasted.has(node.id)) return [];
    const sides = comparedSides(node);
    return sides ? [{ node, sides, context, protection }] : [];
  });
}
