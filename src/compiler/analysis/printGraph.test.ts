import { expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from './analyse';
import { printGraph } from './printGraph';
import { sketchDocument } from '../testing/testGraphs';
import { verifyGraph } from './verifyGraph';

const SIAMESE = sketchDocument({
  nodes: {
    dots: ['data.movingDots', { length: 5, size: 8 }],
    a: ['module.linear', { width: 4 }],
    b: ['module.linear', { width: 4 }],
    distance: ['energy.squared', { weight: 2 }],
  },
  edges: [
    'dots.frames -> a.in',
    'dots.frames -> b.in',
    'a.weights -> b.weights',
    'a.out -> distance.a',
    'b.out -> distance.b',
  ],
});

it('prints a graph in topological order with types, weights and objective', () => {
  expect(printGraph(analyse(SIAMESE, registry)))
    .toBe(`dots = data.movingDots() -> frames: T=5 · 8×8×1, position: T=5 · 2
a = module.linear(in=dots.frames) -> out: T=5 · 4
  weight 64×4, bias 4
b = module.linear(in=dots.frames, weights=a.weights) -> out: T=5 · 4
  weights of a
distance = energy.squared(a=a.out, b=b.out) -> energy: energy
L = 2·mean(distance)
`);
});

it('verifies a sound graph and refuses one that is out of order or lacks a type', () => {
  const analysis = analyse(SIAMESE, registry);
  expect(() => verifyGraph(analysis)).not.toThrow();
  const nodes = [...analysis.graph.nodes].reverse();
  expect(() => verifyGraph({ ...analysis, graph: { ...analysis.graph, nodes } })).toThrow('before');
  expect(() => verifyGraph({ ...analysis, types: new Map() })).toThrow('has a type');
});
