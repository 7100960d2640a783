import { describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { analyse } from '../compiler/analysis/analyse';
import { sketchDocument } from '../compiler/testing/testGraphs';
import { comparedByDirection } from './comparedByDirection';

function directionsIn(energy: string): string[] {
  const document = sketchDocument({
    nodes: {
      digits: 'data.digits',
      encoder: ['module.mlp', { width: 8 }],
      predictor: ['module.mlp', { width: 8 }],
      stop: 'op.stopGradient',
      energy,
    },
    edges: [
      'digits.x -> encoder.in',
      'encoder.out -> predictor.in',
      'encoder.out -> stop.in',
      'predictor.out -> energy.a',
      'stop.out -> energy.b',
    ],
  });
  return [...comparedByDirection(analyse(document, registry))].sort();
}

describe('comparedByDirection', () => {
  it('is what reaches a cosine with nothing between that has weights', () => {
    expect(directionsIn('energy.cosine')).toEqual(['encoder.out', 'predictor.out']);
    expect(directionsIn('energy.squared')).toEqual([]);
  });
});
