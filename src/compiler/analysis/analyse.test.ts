import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { formatTensorType } from '../../graph/ports';
import { analyse } from './analyse';
import { sketchDocument } from '../testing/testGraphs';

const REGRESSION = {
  nodes: {
    points: ['data.points', { shape: 'parabola' }],
    f: ['module.mlp', { role: 'predictor', widths: [16], width: 1 }],
    distance: 'energy.squared',
  },
  edges: ['points.x -> f.in', 'f.out -> distance.a', 'points.y -> distance.b'],
} as const;

function codes(sketch: Parameters<typeof sketchDocument>[0]): string[] {
  return analyse(sketchDocument(sketch), registry)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code, nodeId, portId }) => [code, nodeId, portId].filter(Boolean).join(' '));
}

describe('analyse', () => {
  it('infers types, counts parameters and writes the objective', () => {
    const analysis = analyse(sketchDocument(REGRESSION), registry);
    expect(analysis.diagnostics.map(({ code }) => code)).toEqual(['lint.immune']);
    expect(analysis.parameterCount).toBe(16 + 16 + 16 + 1);
    expect(analysis.formula.text).toBe('L = mean(distance)');
    expect([...analysis.types].map(([key, type]) => `${key} ${formatTensorType(type)}`)).toEqual([
      'points.x 1',
      'points.y 1',
      'f.out 1',
    ]);
  });

  it('says which input is missing', () => {
    expect(codes({ ...REGRESSION, edges: REGRESSION.edges.slice(0, 2) })).toEqual([
      'node.missing-input distance b',
    ]);
  });

  it('tells an unknown kind once, without faults that only follow from it', () => {
    const nodes = { ...REGRESSION.nodes, f: 'module.quantum' };
    expect(codes({ ...REGRESSION, nodes })).toEqual(['node.unknown-kind f']);
  });

  it('names the parameter that is out of range', () => {
    const nodes = { ...REGRESSION.nodes, distance: ['energy.squared', { weight: -1 }] as const };
    const { diagnostics } = analyse(sketchDocument({ ...REGRESSION, nodes }), registry);
    expect(diagnostics[0]).toMatchObject({
      code: 'node.bad-parameter',
      nodeId: 'distance',
      path: 'params.weight',
    });
  });

  it.each([
    [{ wieght: 2 }, 'Did you mean “weight”?', 'weight'],
    [{ wieght: -1 }, 'Did you mean “weight”?', null],
    [{ wieght: 2, weight: 1 }, /^Parameters: .*weight/, null],
    [{ wings: 2 }, /^Parameters: .*weight/, null],
    [{ constructor: 1 }, /^Parameters: .*weight/, null],
  ])('warns of a parameter that the kind does not know: %j', (params, hint, to) => {
    const nodes = { ...REGRESSION.nodes, distance: ['energy.squared', params] as const };
    const { diagnostics } = analyse(sketchDocument({ ...REGRESSION, nodes }), registry);
    const [name] = Object.keys(params);
    expect(diagnostics[0]).toMatchObject({
      code: 'node.unknown-parameter',
      severity: 'warning',
      nodeId: 'distance',
      path: `params.${name}`,
      hint: typeof hint === 'string' ? hint : (expect.stringMatching(hint) as string),
      remedy: { steps: [{ kind: 'renameParameter', nodeId: 'distance', parameter: name, to }] },
    });
  });

  it('refuses an edge between ports of different types, and a second edge into a single input', () => {
    expect(
      codes({ ...REGRESSION, edges: [...REGRESSION.edges, 'points.y -> distance.b'] }),
    ).toEqual(['edge.too-many distance b']);
    expect(
      codes({
        nodes: { ...REGRESSION.nodes, reg: 'reg.l2' },
        edges: [...REGRESSION.edges, 'distance.energy -> reg.z'],
      }),
    ).toContain('edge.type-mismatch reg z');
  });

  it('reports a cycle on each of its nodes and goes on', () => {
    const found = codes({
      nodes: { ...REGRESSION.nodes, g: ['module.mlp', { width: 1 }] },
      edges: [...REGRESSION.edges, 'f.out -> g.in', 'g.out -> f.in'],
    });
    expect(found).toContain('graph.cycle f');
    expect(found).toContain('graph.cycle g');
  });

  it('reports a cycle of weight links, but lets two modules share through values', () => {
    const nodes = {
      ...REGRESSION.nodes,
      g: ['module.mlp', { role: 'predictor', widths: [16], width: 1 }],
    } as const;
    const edges = [...REGRESSION.edges, 'points.x -> g.in'];
    expect(
      codes({ nodes, edges: [...edges, 'f.weights -> g.weights', 'g.weights -> f.weights'] }),
    ).toContain('weights.cycle f');
    expect(codes({ nodes, edges: [...edges, 'f.weights -> g.weights'] })).toEqual([]);
  });

  it('shares weights once and refuses modules of other shapes', () => {
    const link = (width: number) => ({
      nodes: {
        ...REGRESSION.nodes,
        g: ['module.mlp', { role: 'predictor', widths: [width], width: 1 }] as const,
        other: 'energy.squared',
        tie: 'weights.tie',
      },
      edges: [
        ...REGRESSION.edges,
        'points.x -> g.in',
        'g.out -> other.a',
        'points.y -> other.b',
        'f.weights -> tie.weights',
        'tie.weights -> g.weights',
      ],
    });
    const shared = analyse(sketchDocument(link(16)), registry);
    expect(shared.parameterCount).toBe(49);
    expect(shared.owners.get('g')).toBe('f');
    expect(codes(link(8))).toEqual(['weights.mismatch g weights']);
  });

  it('refuses an objective without terms, and one that nothing can change', () => {
    expect(codes({ nodes: { points: 'data.points' } })).toEqual(['objective.empty']);
    expect(
      codes({
        nodes: { points: ['data.points', { shape: 'parabola' }], distance: 'energy.squared' },
        edges: ['points.x -> distance.a', 'points.y -> distance.b'],
      }),
    ).toEqual(['objective.no-weights distance']);
    expect(
      codes({
        nodes: { ...REGRESSION.nodes, stop: 'op.stopGradient' },
        edges: [
          'points.x -> f.in',
          'f.out -> stop.in',
          'stop.out -> distance.a',
          'points.y -> distance.b',
        ],
      }),
    ).toEqual(['objective.no-weights distance']);
  });

  it('takes a bypassed term out of the objective, and passes values through a bypassed view', () => {
    const document = sketchDocument({
      nodes: { ...REGRESSION.nodes, noise: 'view.noise', bound: 'reg.l2' },
      edges: [
        'points.x -> noise.in',
        'noise.out -> f.in',
        'f.out -> distance.a',
        'points.y -> distance.b',
        'f.out -> bound.z',
      ],
    });
    const bypassed = {
      ...document,
      nodes: document.nodes.map((node) =>
        node.id === 'noise' || node.id === 'bound' ? { ...node, bypassed: true as const } : node,
      ),
    };
    const analysis = analyse(bypassed, registry);
    expect(analysis.formula.text).toBe('L = mean(distance)');
    expect(analysis.graph.byId.get('f')?.inputs.get('in')).toEqual([
      { nodeId: 'points', port: 'x' },
    ]);
  });

  it('folds time, keeps it on the outputs, and refuses clashing lengths', () => {
    const sequence = {
      nodes: {
        dots: ['data.movingDots', { length: 6, size: 8 }],
        encoder: ['module.mlp', { role: 'encoder', widths: [8], width: 4 }],
        now: ['op.slice', { axis: 'time', start: 0, end: -1 }],
        next: ['op.slice', { axis: 'time', start: 1, end: 0 }],
        distance: 'energy.squared',
      },
      edges: [
        'dots.frames -> encoder.in',
        'encoder.out -> now.in',
        'encoder.out -> next.in',
        'now.out -> distance.a',
        'next.out -> distance.b',
      ],
    } as const;
    const analysis = analyse(sketchDocument(sequence), registry);
    expect(formatTensorType(analysis.types.get('encoder.out') ?? { time: 0, shape: [] })).toBe(
      'T=6 · 4',
    );
    expect(
      codes({
        ...sequence,
        nodes: { ...sequence.nodes, next: ['op.slice', { axis: 'time', start: 2, end: 0 }] },
      }),
    ).toEqual(['shape.mismatch distance']);
  });

  it('refuses tensors that no device could hold', () => {
    expect(
      codes({
        ...REGRESSION,
        nodes: { ...REGRESSION.nodes, f: ['module.mlp', { widths: [16], width: 8192 }] },
        training: { batchSize: 65_536 },
      }),
    ).toContain('shape.too-large f out');
  });
});
