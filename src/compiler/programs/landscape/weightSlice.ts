import type { Analysis } from '../../analysis/analysis';
import { PLAIN_VIEW, type LandscapePlane } from './landscapePlane';

/**
 * The objective over two random directions around the present weights (H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein,
 * Visualizing the Loss Landscape of Neural Nets, NeurIPS 2018, §4).
 */
export const weightSlice: LandscapePlane = {
  kind: 'weights',
  title: 'Loss over weights',
  needs:
    'an objective, and a module or energy that trains a matrix of weights: biases and scales alone have no directions.',
  symbol: 'L',
  axes: 'same',
  hasDensity: false,
  spannedBy: 'weights',
  controls: ['objective'],
  views: (analysis) =>
    analysis.objective.length > 0 && hasFilters(analysis)
      ? [
          {
            ...PLAIN_VIEW,
            id: 'weights',
            label: 'Loss over weights',
            kind: 'weights',
            given: [],
            moving: [],
            held: [],
            inferred: [],
          },
        ]
      : [],
};

/** Whether any weight has units with a norm of their own: vectors are biases and scales. */
function hasFilters({ weights }: Analysis): boolean {
  return [...weights.values()].some((specs) => specs.some(({ shape }) => shape.length > 1));
}
