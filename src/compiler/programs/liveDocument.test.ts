import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import type { BasinDocument } from '../../document/schema';
import { LIVE } from '../names';
import { liveValues } from './liveDocument';
import { sketchDocument } from '../testing/testGraphs';

function regression(weight: number, width = 4, more: Partial<BasinDocument> = {}): BasinDocument {
  const document = sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      f: ['module.mlp', { widths: [width], width: 1 }],
      distance: ['energy.squared', { weight }],
    },
    edges: ['points.x -> f.in', 'f.out -> distance.a', 'points.y -> distance.b'],
  });
  return { ...document, ...more };
}

describe('liveValues', () => {
  it('has the learning rate and every live parameter, defaults included', () => {
    const values = liveValues(regression(3), registry);
    expect(values[LIVE.learningRate]).toBe(1e-3);
    expect(values[LIVE.parameter('distance', 'weight')]).toBe(3);
    const plain = sketchDocument({ nodes: { distance: 'energy.squared' } });
    expect(liveValues(plain, registry)[LIVE.parameter('distance', 'weight')]).toBe(1);
  });

  it('leaves out what the schema refuses, and unknown kinds', () => {
    const nodes = { a: ['energy.squared', { weight: -1 }], b: 'energy.unknown' } as const;
    expect(Object.keys(liveValues(sketchDocument({ nodes }), registry))).toEqual([
      LIVE.learningRate,
    ]);
  });
});
