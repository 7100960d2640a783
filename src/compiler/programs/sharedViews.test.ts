import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';
import { sharedViews } from './sharedViews';

/** Two encoders on what `inputs` name, projected, with these edges more. */
function viewsOf(inputs: readonly [string, string], edges: readonly string[]) {
  const document = sketchDocument({
    nodes: {
      digits: 'data.digits',
      noise: 'view.noise',
      a: ['module.mlp', { width: 8 }],
      b: ['module.mlp', { width: 8 }],
      distance: 'energy.squared',
    },
    edges: [
      'digits.x -> noise.in',
      `${inputs[0]} -> a.in`,
      `${inputs[1]} -> b.in`,
      'a.out -> distance.a',
      'b.out -> distance.b',
      ...edges,
    ],
  });
  return Object.fromEntries(sharedViews(analyse(document, registry)));
}

describe('sharedViews', () => {
  const tied = ['a.weights -> b.weights'];

  it('are outputs that see views of a sample through the same weights', () => {
    const both = ['a.out', 'b.out'];
    expect(viewsOf(['digits.x', 'noise.out'], tied)).toEqual({ 'a.out': both, 'b.out': both });
  });

  it('are not those with weights of their own, nor the same value twice', () => {
    expect(viewsOf(['digits.x', 'noise.out'], [])).toEqual({});
    expect(viewsOf(['digits.x', 'digits.x'], tied)).toEqual({});
  });
});
