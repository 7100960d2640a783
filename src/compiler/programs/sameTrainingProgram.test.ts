import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import {
  DEFAULT_OPTIMIZERS,
  type BasinDocument,
  type TrainingSettings,
} from '../../document/schema';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';
import { documentChange } from './documentChange';
import { sameTrainingProgram } from './sameTrainingProgram';

const EDGES = [
  'points.x -> f.in',
  'points.x -> join.in',
  'z.z -> join.in',
  'join.out -> g.in',
  'f.out -> distance.a',
  'g.out -> distance.b',
  'points.y -> target.a',
  'f.out -> target.b',
];

function graph(params: Record<string, Record<string, unknown>> = {}, edges = EDGES): BasinDocument {
  return sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola', ...params['points'] }],
      z: ['latent.continuous', { d: 1, steps: 2, ...params['z'] }],
      join: 'op.concat',
      f: ['module.mlp', { widths: [], width: 1, ...params['f'] }],
      g: ['module.linear', { width: 1, ...params['g'] }],
      distance: ['energy.squared', { weight: 3, ...params['distance'] }],
      target: 'energy.squared',
      idle: ['module.linear', { width: 4, ...params['idle'] }],
      note: ['note', { text: '', ...params['note'] }],
    },
    edges: [...edges, 'points.x -> idle.in'],
  });
}

const BASE = graph();
const change = (after: BasinDocument, before = BASE) => ({
  lowers: documentChange(before, after, registry).lowers,
  compiles: !sameTrainingProgram(analyse(before, registry), analyse(after, registry)),
});
const trained = (settings: Partial<TrainingSettings>, base = BASE): BasinDocument => ({
  ...base,
  training: { ...base.training, ...settings },
});
const UNTOUCHED = { lowers: false, compiles: false };
const SAME = { lowers: true, compiles: false };
const OTHER = { lowers: true, compiles: true };

it('is sound to begin with', () => {
  expect(
    analyse(BASE, registry).diagnostics.filter(({ severity }) => severity === 'error'),
  ).toEqual([]);
});

describe('the same program', () => {
  const moved = BASE.nodes.map((node) => ({ ...node, label: 'L', position: { x: 9, y: 9 } }));
  it.each([
    ['live parameters', graph({ distance: { weight: 5 } })],
    ['labels and places', { ...BASE, nodes: moved, title: 'Other' }],
    ['notes', graph({ note: { text: 'Other' } })],
    ['notes that come and go', { ...BASE, nodes: BASE.nodes.slice(0, -1) }],
    ['the learning rate', trained({ learningRate: 1 })],
    ['how often to evaluate', trained({ evaluateEvery: 7 })],
  ])('and nothing to compare: %s', (_, after) => expect(change(after)).toEqual(UNTOUCHED));

  const atPrior = graph({ z: { mode: 'prior' } });
  it.each([
    ['what only evaluations read', graph({ z: { evaluationSteps: 7 } }), BASE],
    ['what does not apply in the mode', graph({ z: { mode: 'prior', steps: 9 } }), atPrior],
    ['an activation between no layers', graph({ f: { activation: 'tanh' } }), BASE],
    ['a mean of one number, or its sum', graph({ distance: { reduce: 'sum' } }), BASE],
    ['a node that nothing reads', graph({ idle: { width: 9 } }), BASE],
    ['a default written out', graph({ g: { bias: true } }), BASE],
    ['the order of edges to different ports', graph({}, [...EDGES.slice(3), ...EDGES.slice(0, 3)]), BASE], // prettier-ignore
    ['the length of a run at a constant rate', trained({ steps: 7 }), BASE],
  ])('although something differs: %s', (_, after, before) =>
    expect(change(after, before)).toEqual(SAME),
  );

  it('of graphs with errors, while the same is at fault', () => {
    const broken = graph({ distance: { weight: -1 } });
    const more = graph({ distance: { weight: -1 }, f: { width: 0 } });
    expect(change(broken)).toEqual(OTHER);
    expect(change(more, broken)).toEqual(OTHER);
    expect(change(graph({ distance: { weight: -1 }, g: { width: 5 } }), broken)).toEqual(SAME);
  });
});

describe('another program', () => {
  const cosine = trained({ schedule: { kind: 'cosine', warmupSteps: 0, finalFraction: 0 } });
  const [points, z, ...nodes] = BASE.nodes;
  const swapped = [EDGES[2] ?? '', EDGES[1] ?? ''];
  const bypassed = BASE.nodes.map((node) =>
    node.id === 'distance' ? { ...node, bypassed: true as const } : node,
  );
  it.each([
    ['a parameter', graph({ g: { bias: false } }), BASE],
    ['steps of inference', graph({ z: { steps: 3 } }), BASE],
    ['an activation', graph({ f: { widths: [4], activation: 'tanh' } }), graph({ f: { widths: [4] } })], // prettier-ignore
    ['the data', graph({ points: { count: 100 } }), BASE],
    ['an edge', graph({}, EDGES.slice(0, -2)), BASE],
    ['the order of edges to one port', graph({}, [EDGES[0] ?? '', ...swapped, ...EDGES.slice(3)]), BASE], // prettier-ignore
    ['the order of nodes', { ...BASE, nodes: [...nodes.toReversed(), ...(z ? [z] : []), ...(points ? [points] : [])] }, BASE], // prettier-ignore
    ['a bypass', { ...BASE, nodes: bypassed }, BASE],
    ['the seed', trained({ seed: 2 }), BASE],
    ['the batch', trained({ batchSize: 7 }), BASE],
    ['clipping', trained({ clipNorm: 1 }), BASE],
    ['the optimizer', trained({ optimizer: DEFAULT_OPTIMIZERS.sgd }), BASE],
    ['a number of the optimizer', trained({ optimizer: { ...DEFAULT_OPTIMIZERS.adam, beta1: 0.8 } }), BASE], // prettier-ignore
    ['the schedule', cosine, BASE],
    ['the length of a run that ends a cosine', trained({ steps: 7 }, cosine), cosine],
  ])('by %s', (_, after, before) => expect(change(after, before)).toEqual(OTHER));
});

describe('averages of weights', () => {
  const linked = (
    link: readonly [string, Record<string, unknown>],
    from = 'f',
    settings: Partial<TrainingSettings> = {},
  ): BasinDocument =>
    sketchDocument({
      nodes: {
        points: ['data.points', { shape: 'parabola' }],
        f: ['module.linear', { width: 1 }],
        g: ['module.linear', { width: 1 }],
        target: ['module.linear', { width: 1 }],
        link: [...link],
        near: 'energy.squared',
        far: 'energy.squared',
      },
      edges: [
        ...['f', 'g', 'target'].map((id) => `points.x -> ${id}.in`),
        `${from}.weights -> link.weights`,
        'link.weights -> target.weights',
        ...['f.out -> near.a', 'target.out -> near.b', 'g.out -> far.a', 'points.y -> far.b'],
      ],
      training: settings,
    });
  const constant = linked(['weights.ema', {}]);
  const cosine = linked(['weights.ema', { schedule: 'cosine' }]);

  it.each([
    ['τ, which is live', linked(['weights.ema', { tau: 0.5 }]), UNTOUCHED],
    [
      'the length of a run that nothing follows',
      linked(['weights.ema', {}], 'f', { steps: 7 }),
      SAME,
    ],
    ['a schedule', cosine, OTHER],
    ['what they follow', linked(['weights.ema', {}], 'g'), OTHER],
    ['a tie instead', linked(['weights.tie', {}]), OTHER],
  ])('by %s', (_, after, expected) => expect(change(after, constant)).toEqual(expected));

  it('by the length of a run that a schedule follows', () => {
    const longer = linked(['weights.ema', { schedule: 'cosine' }], 'f', { steps: 7 });
    expect(change(longer, cosine)).toEqual(OTHER);
  });
});
