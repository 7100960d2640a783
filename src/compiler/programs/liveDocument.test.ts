import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import type { BasinDocument } from '../../document/schema';
import { LIVE } from '../names';
import { liveValues, programKey } from './liveDocument';
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

const key = (document: BasinDocument): string => programKey(document, registry);

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

describe('programKey', () => {
  const base = regression(3);
  const { training } = base;

  it('does not change with live values, layout and lengths of a run', () => {
    expect(key(regression(5))).toBe(key(base));
    const moved = base.nodes.map((node) => ({ ...node, position: { x: 9, y: 9 } }));
    expect(key({ ...base, nodes: moved, title: 'Other' })).toBe(key(base));
    const longer = { ...training, learningRate: 1, steps: 5, evaluateEvery: 7 };
    expect(key({ ...base, training: longer })).toBe(key(base));
  });

  it('changes with whatever is compiled in', () => {
    expect(key(regression(3, 5))).not.toBe(key(base));
    expect(key({ ...base, edges: base.edges.slice(1) })).not.toBe(key(base));
    expect(key({ ...base, training: { ...training, seed: 2 } })).not.toBe(key(base));
    const cosine = { ...training, schedule: { ...training.schedule, kind: 'cosine' as const } };
    const shorter = { ...base, training: { ...cosine, steps: 5 } };
    expect(key({ ...base, training: cosine })).not.toBe(key(base));
    expect(key(shorter)).not.toBe(key({ ...base, training: cosine }));
  });
});
