import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';
import { contrastOf } from './contrast';

type Nodes = Parameters<typeof sketchDocument>[0]['nodes'];

/** `kind: values that are replaced; values that are kept`, of the node `energy`, or null. */
function contrast(nodes: Nodes, edges: readonly string[], id = 'energy'): string | null {
  const analysis = analyse(
    sketchDocument({ nodes: { energy: 'energy.squared', ...nodes }, edges }),
    registry,
  );
  const node = analysis.graph.nodes.find((one) => one.id === id);
  const found = node && contrastOf(node, analysis);
  if (!found) return null;
  const list = (values: readonly { nodeId: string; port: string }[]): string =>
    values
      .map(({ nodeId, port }) => `${nodeId}.${port}`)
      .sort()
      .join(' ');
  return `${found.kind}: ${list(found.replaced)}; ${list(found.kept)}`;
}

const MODULE = ['module.linear', { width: 8 }] as const;
const IMAGE = ['module.mlp', { widths: [8], outputShape: [8, 8, 1] }] as const;

describe('contrastOf', () => {
  it('takes the other column of another sample, in every place where it stands', () => {
    const points = ['data.points', { shape: 'parabola' }] as const;
    const f = ['module.linear', { width: 1 }] as const;
    const edges = ['points.x -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'];
    expect(contrast({ points, f }, edges)).toBe('shuffled: points.y; ');
    const withEncoder = [...edges, 'points.y -> g.in', 'g.out -> f.in'];
    expect(contrast({ points, f, g: f }, withEncoder)).toBe('shuffled: points.y; ');
  });

  it('pairs what an energy with weights of its own takes', () => {
    const points = ['data.points', { shape: 'parabola' }] as const;
    const network = { points, energy: 'energy.scalar' } as const;
    expect(contrast(network, ['points.x -> energy.in', 'points.y -> energy.in'])).toBe(
      'shuffled: points.y; ',
    );
    const ellipse: Nodes = {
      points: 'data.points',
      z: 'latent.continuous',
      energy: 'energy.ellipse',
    };
    expect(contrast(ellipse, ['points.y -> energy.y', 'z.z -> energy.z'])).toBe(
      'blended: points.y; ',
    );
  });

  it('shows the branch of y another sample, while x stays', () => {
    const branches = ['a.out -> energy.a', 'b.out -> energy.b'];
    const nodes: Nodes = { digits: 'data.digits', a: MODULE, b: MODULE, view: 'view.noise' };
    expect(
      contrast({ ...nodes, other: 'view.noise' }, [
        'digits.x -> view.in',
        'view.out -> a.in',
        'digits.x -> other.in',
        'other.out -> b.in',
        ...branches,
      ]),
    ).toBe('shuffled: other.out; view.out');
    const jepa = ['digits.x -> view.in', 'view.out -> a.in', 'digits.x -> b.in', ...branches];
    expect(contrast(nodes, jepa)).toBe('shuffled: digits.x; view.out');
    // A guess of the latent that is made from y is y too.
    const z = ['latent.continuous', { d: 8, init: 'guess' }] as const;
    expect(
      contrast({ ...nodes, z, guess: MODULE }, [
        ...jepa,
        'digits.x -> guess.in',
        'guess.out -> z.guess',
        'z.z -> a.in',
      ]),
    ).toBe('shuffled: digits.x; view.out');
    // Both branches read the same: they part where they are compared.
    expect(contrast(nodes, ['digits.x -> a.in', 'digits.x -> b.in', ...branches])).toBe(
      'shuffled: b.out; ',
    );
  });

  it('takes the later steps of another sequence', () => {
    const nodes: Nodes = {
      dots: ['data.movingDots', { length: 4, size: 8 }],
      now: ['op.slice', { axis: 'time', end: -1 }],
      next: ['op.slice', { axis: 'time', start: 1 }],
      f: IMAGE,
    };
    const predicted = ['now.out -> f.in', 'f.out -> energy.a', 'next.out -> energy.b'];
    expect(contrast(nodes, ['dots.frames -> now.in', 'dots.frames -> next.in', ...predicted])).toBe(
      'shuffled: next.out; ',
    );
    const encoded = ['dots.frames -> e.in', 'e.out -> now.in', 'e.out -> next.in'];
    expect(contrast({ ...nodes, e: MODULE, f: MODULE }, [...encoded, ...predicted])).toBe(
      'shuffled: next.out; ',
    );
    // What was done in between says nothing of which state was there: state and action stay.
    const rooms: Nodes = {
      ...nodes,
      dots: ['data.twoRooms', { length: 4, size: 9 }],
      done: ['op.slice', { axis: 'time', end: -1 }],
      e: MODULE,
      f: MODULE,
    };
    const acting = ['dots.states -> e.in', ...encoded.slice(1), 'dots.actions -> done.in'];
    expect(contrast(rooms, [...acting, 'done.out -> f.in', ...predicted])).toBe(
      'shuffled: next.out; ',
    );
  });

  it('goes off the data where all of x is y, or there is no x', () => {
    const nodes: Nodes = { digits: 'data.digits', encoder: MODULE, decoder: IMAGE };
    const code = ['encoder.out -> decoder.in'];
    const autoencoder = ['digits.x -> encoder.in', ...code];
    const compared = ['decoder.out -> energy.a', 'digits.x -> energy.b'];
    const off = 'blended: digits.x; ';
    expect(contrast(nodes, [...autoencoder, ...compared])).toBe(off);
    expect(
      contrast(nodes, [...autoencoder, 'digits.x -> energy.a', 'decoder.out -> energy.b']),
    ).toBe(off);
    const noisy = ['digits.x -> noise.in', 'noise.out -> encoder.in', ...code, ...compared];
    expect(contrast({ ...nodes, noise: 'view.noise' }, noisy)).toBe(off);
    const vector = ['module.linear', { width: 64 }] as const;
    expect(
      contrast({ ...nodes, decoder: vector, flat: 'op.flatten' }, [
        ...autoencoder,
        'digits.x -> flat.in',
        'decoder.out -> energy.a',
        'flat.out -> energy.b',
      ]),
    ).toBe(off);
    expect(
      contrast({ digits: 'data.digits', z: 'latent.continuous', decoder: IMAGE }, [
        'z.z -> decoder.in',
        ...compared,
      ]),
    ).toBe(off);
    // An autoencoder of what an encoder gives.
    expect(
      contrast({ digits: 'data.digits', s: MODULE, encoder: MODULE, decoder: MODULE }, [
        'digits.x -> s.in',
        's.out -> encoder.in',
        ...code,
        'decoder.out -> energy.a',
        's.out -> energy.b',
      ]),
    ).toBe(off);
  });

  it('replaces what an energy judges alone, or what its functional contrasts', () => {
    const points: Nodes = { points: 'data.points', energy: 'energy.scalar' };
    expect(contrast(points, ['points.y -> energy.in'])).toBe('blended: points.y; ');
    const encoded = ['points.y -> f.in', 'f.out -> energy.in'];
    expect(contrast({ ...points, f: MODULE }, encoded)).toBe('blended: points.y; ');
    const units: Nodes = { patterns: 'data.patterns', energy: 'energy.hopfield' };
    expect(contrast(units, ['patterns.y -> energy.y'])).toBe('recombined: patterns.y; ');
    // Three values: the functional says which of them is y.
    const three: Nodes = {
      points: ['data.points', { shape: 'parabola' }],
      f: ['module.linear', { width: 1 }],
      energy: 'energy.scalar',
    };
    const reads = ['points.x -> f.in', 'f.out -> energy.in', 'points.y -> energy.in', 'points.x -> energy.in']; // prettier-ignore
    expect(contrast(three, reads)).toBe(null);
    const sampled = (port: string): string[] => [...reads, `${port} -> sampler.y`, 'sampler.negative -> loss.negative', 'energy.energy -> loss.energy']; // prettier-ignore
    const contrasted: Nodes = { ...three, sampler: 'negative.shuffle', loss: 'loss.hinge' };
    expect(contrast(contrasted, sampled('points.y'))).toBe('shuffled: points.y; ');
    expect(contrast(contrasted, sampled('points.x'))).toBe('shuffled: points.x; ');
  });

  it('has none where nothing is compared with data', () => {
    const z = ['latent.continuous', { mode: 'prior', d: 8 }] as const;
    const nodes: Nodes = { digits: 'data.digits', z, a: MODULE };
    expect(contrast(nodes, ['digits.x -> a.in', 'a.out -> energy.a', 'z.z -> energy.b'])).toBe(
      null,
    );
    expect(contrast(nodes, ['digits.x -> a.in'], 'a')).toBe(null);
  });
});
