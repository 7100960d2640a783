import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { buildViews, NO_VIEWS } from './buildViews';

type Sketch = Parameters<typeof sketchDocument>[0];

function states(
  sketch: Sketch,
  labels: Readonly<Record<string, string>> = {},
): (nodeId: string) => string | undefined {
  const sketched = sketchDocument(sketch);
  const nodes = sketched.nodes.map((node) => ({ ...node, label: labels[node.id] ?? node.id }));
  const document = { ...sketched, nodes };
  const views = buildViews(document, registry, analyse(document, registry), NO_VIEWS);
  return (nodeId) => views.nodes.get(nodeId)?.state;
}

/** y ∈ R² is explained by a latent. */
function explained(
  kind: string,
  params: Readonly<Record<string, unknown>>,
  more: Partial<Sketch> = {},
): Sketch {
  return {
    nodes: {
      points: ['data.points', { shape: 'moons', count: 50 }],
      z: [kind, params],
      decoder: ['module.linear', { width: 2 }],
      energy: 'energy.squared',
      ...more.nodes,
    },
    edges: [
      'z.z -> decoder.in',
      'decoder.out -> energy.a',
      'points.y -> energy.b',
      ...(more.edges ?? []),
    ],
  };
}

/** An energy of y alone, low at the data and high at what a sampler makes. */
function contrasted(sampler: string, loss: string): Sketch {
  return {
    nodes: {
      points: ['data.points', { shape: 'moons', count: 50 }],
      energy: 'energy.scalar',
      negative: sampler,
      loss,
    },
    edges: [
      'points.y -> energy.in',
      'points.y -> negative.y',
      'energy.energy -> loss.energy',
      'negative.negative -> loss.negative',
    ],
  };
}

describe('the state line', () => {
  it.each([
    [{ mode: 'minimize', steps: 12 }, '2 · 12 steps'],
    [{ mode: 'minimize', steps: 1 }, '2 · 1 step'],
    [{ mode: 'exhaustive', grid: 40, refine: 0 }, '2 · looks at 1,600 values'],
    [{ mode: 'exhaustive', grid: 10, refine: 8 }, '2 · 100 values, 8 steps'],
    [{ mode: 'marginalize', grid: 10 }, '2 · looks at 100 values'],
    [{ mode: 'prior' }, '2'],
  ])('of a free variable with %o says how it is found', (params, state) => {
    expect(states(explained('latent.continuous', { d: 2, ...params }))('z')).toBe(state);
  });

  it('says it of all variables that are found together', () => {
    const both = states(
      explained(
        'latent.discrete',
        { k: 4, mode: 'marginalize' },
        {
          nodes: { other: ['latent.discrete', { k: 3, mode: 'marginalize' }] },
          edges: ['other.z -> decoder.in'],
        },
      ),
    );
    expect([both('z'), both('other')]).toEqual([
      '4 · looks at 12 values',
      '3 · looks at 12 values',
    ]);
  });

  it('says what a sampler replaces, and what a loss contrasts', () => {
    const hinge = states(contrasted('negative.shuffle', 'loss.hinge'));
    expect(hinge('negative')).toBe('replaces y of points');
    expect(hinge('loss')).toBe('F(energy) of y against ŷ shuffled');
    const sketch = contrasted('negative.langevin', 'loss.nll');
    expect(states(sketch)('loss')).toBe('F(energy) of y against ŷ sampled');
    expect(states(sketch, { energy: 'F(y)' })('loss')).toBe('F(y) of y against ŷ sampled');
  });
});
