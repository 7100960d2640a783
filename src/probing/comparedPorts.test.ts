import { describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { analyse } from '../compiler/analysis/analyse';
import { sketchDocument } from '../compiler/testing/testGraphs';
import { comparedPorts } from './comparedPorts';

function portsOf(energy: string) {
  const document = sketchDocument({
    nodes: {
      digits: 'data.digits',
      encoder: ['module.mlp', { width: 8 }],
      trunk: ['module.mlp', { width: 8 }],
      predictor: ['module.mlp', { width: 8 }],
      stop: 'op.stopGradient',
      energy,
    },
    edges: [
      'digits.x -> trunk.in',
      'trunk.out -> encoder.in',
      'encoder.out -> predictor.in',
      'encoder.out -> stop.in',
      'predictor.out -> energy.a',
      'stop.out -> energy.b',
    ],
  });
  const { any, byDirection } = comparedPorts(analyse(document, registry));
  return { any: [...any].sort(), byDirection: [...byDirection].sort() };
}

describe('comparedPorts', () => {
  const both = ['encoder.out', 'predictor.out'];

  it('are what reaches an energy with nothing between that has weights', () => {
    expect(portsOf('energy.squared')).toEqual({ any: both, byDirection: [] });
    expect(portsOf('energy.cosine')).toEqual({ any: both, byDirection: both });
  });
});
