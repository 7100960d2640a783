import { contrasts } from '../../graph/contrasts';
import { traits, type Gradients } from './gradients';

/**
 * Energies that a functional with a weight above zero pushes up on contrastive points. That keeps them from being low
 * everywhere, whatever they are made of (docs/semantics.md §7.1).
 */
export function contrastedEnergies({
  graph,
  acting,
}: Pick<Gradients, 'graph' | 'acting'>): ReadonlySet<string> {
  return new Set(
    contrasts(graph)
      .filter(({ functional }) => acting.has(functional.id) && traits(functional).contrasts)
      .map(({ energyNode }) => energyNode.id),
  );
}
