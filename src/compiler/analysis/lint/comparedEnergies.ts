import { comparedSides } from '../sides';
import type { LintContext } from './lintContext';
import type { ComparedEnergy } from './lintRule';
import { protections } from './protection';

/** What the rules on energies judge: energies that train something and compare two values. */
export function comparedEnergies(context: LintContext): ComparedEnergy[] {
  const protection = protections(context);
  return context.graph.nodes.flatMap((node): ComparedEnergy[] => {
    if (node.definition.category !== 'energy' || !context.acting.has(node.id)) return [];
    const sides = comparedSides(node);
    return sides ? [{ node, sides, context, protection }] : [];
  });
}
