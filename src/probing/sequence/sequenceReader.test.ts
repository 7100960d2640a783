import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { defined } from '../../core/invariant';
import { RandomStream } from '../../core/random';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { pixelOf } from '../../graph/places';
import { SequenceReader } from './sequenceReader';

const [LENGTH, SIZE, WIDTH] = [5, 4, 3] as const;
const PIXELS = SIZE * SIZE;

/** A free rollout of a linear encoder, compared with what comes, and the place read from it. */
const ROLLED = sketchDocument({
  nodes: {
    dots: ['data.movingDots', { sequences: 20, length: LENGTH, size: SIZE, blob: 0.6 }],
    encoder: ['module.linear', { width: WIDTH }],
    ahead: ['module.rollout', { running: 'free', widths: [], residual: true }],
    later: ['op.slice', { start: 1 }],
    energy: 'energy.squared',
    where: ['op.slice', { start: 1 }],
    probe: 'probe.linear',
  },
  edges: [
    ...['dots.frames -> encoder.in', 'encoder.out -> ahead.state', 'encoder.out -> later.in'],
    ...['ahead.states -> energy.a', 'later.out -> energy.b', 'ahead.states -> probe.in'],
    ...['dots.position -> where.in', 'where.out -> probe.target'],
  ],
});

async function readerOf(document = ROLLED) {
  const made = await SequenceReader.create(analyse(document, registry), {
    engine: createReferenceEngine(),
    asset: () => Promise.reject(new Error('no file is needed')),
  });
  if (!made.ok) throw new Error(JSON.stringify(made.diagnostics));
  return made.value;
}

/** Any weights, and running statistics of a reader that has seen half of a step. */
function anyState(): Map<string, Float64Array> {
  const random = new RandomStream([7, 9]);
  const normal = (count: number): Float64Array =>
    Float64Array.from({ length: count }, () => 0.5 * random.normal());
  return new Map([
    ['encoder.weight', normal(PIXELS * WIDTH)],
    ['encoder.bias', normal(WIDTH)],
    ['ahead.0.weight', normal(WIDTH * WIDTH)],
    ['ahead.0.bias', normal(WIDTH)],
    ['probe.trained.weight', normal(WIDTH * 2)],
    ['probe.trained.bias', normal(2)],
    ['probe.trained.share', Float64Array.of(0.5)],
    ['probe.trained.mean', normal(WIDTH)],
    ['probe.trained.variance', Float64Array.of(0.3, 0.2, 0.6)],
    ['probe.trained.target.mean', normal(2)],
    ['probe.trained.target.variance', Float64Array.of(0.1, 0.4)],
  ]);
}

type Vector = readonly number[];

/** x W + b in plain numbers. */
function affine(x: Vector, weight: Float64Array, bias: Float64Array): Vector {
  return [...bias].map((start, column) =>
    x.reduce((sum, value, row) => sum + value * (weight[row * bias.length + column] ?? NaN), start),
  );
}

function meanSquare(a: Vector, b: Vector): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] ?? NaN)) ** 2, 0) / a.length;
}

describe('SequenceReader', () => {
  it('gives energies, distances and places step by step, as plain numbers have them', async () => {
    const reader = await readerOf();
    const state = anyState();
    const get = (name: string): Float64Array => defined(state.get(name), name);
    const { sequences, pictures } = reader.film();
    expect([sequences, pictures?.shape]).toEqual([4, [SIZE, SIZE, 1]]);
    const values = defined(pictures ?? undefined, 'pictures').values;
    const frame = await reader.frame({ snapshot: { step: 3, state }, live: {} });
    expect(frame).toMatchObject({ step: 3, sequences: 4 });

    const states = Array.from({ length: sequences }, (_, row) =>
      Array.from({ length: LENGTH }, (__, step) => {
        const start = (row * LENGTH + step) * PIXELS;
        return affine([...values.subarray(start, start + PIXELS)], get('encoder.weight'), get('encoder.bias')); // prettier-ignore
      }),
    );
    const rolled = states.map(([first = []]) => {
      let now: Vector = first;
      return Array.from({ length: LENGTH - 1 }, () => {
        const change = affine(now, get('ahead.0.weight'), get('ahead.0.bias'));
        now = now.map((value, i) => value + (change[i] ?? NaN));
        return now;
      });
    });
    const errors = (shift: number): number[] =>
      rolled.flatMap((steps, row) =>
        steps.map((predicted, t) =>
          meanSquare(predicted, states[(row + shift) % sequences]?.[t + 1] ?? []),
        ),
      );
    const frames = [1, 2, 3, 4];
    const [energy, distance] = frame.curves;
    expect(energy).toMatchObject({ nodeId: 'energy', kind: 'energy', frames });
    expect(distance).toMatchObject({ nodeId: 'ahead', kind: 'distance', frames });
    expectClose(energy?.own, errors(0));
    expectClose(distance?.own, errors(0).map(Math.sqrt));
    expectClose(distance?.others, errors(1).map(Math.sqrt));

    const [place] = frame.places;
    expect(place).toMatchObject({ nodeId: 'probe', column: 'position', frames });
    const share = 0.5;
    const moment = (name: string, i: number): number => (get(`probe.trained.${name}`)[i] ?? NaN) / share; // prettier-ignore
    const decoded = rolled.flat().flatMap((features) => {
      const standard = features.map((value, i) => (value - moment('mean', i)) / Math.sqrt(moment('variance', i) + 1e-5)); // prettier-ignore
      const output = affine(standard, get('probe.trained.weight'), get('probe.trained.bias'));
      return output.map((value, i) => value * Math.sqrt(moment('target.variance', i) + 1e-5) + moment('target.mean', i)); // prettier-ignore
    });
    expectClose(place?.decoded, decoded);
    const [path] = reader.film().paths;
    const later = Array.from({ length: sequences }, (_, row) => [
      ...(path?.values.subarray((row * LENGTH + 1) * 2, (row + 1) * LENGTH * 2) ?? []),
    ]);
    expectClose(place?.truth, later.flat());
    reader.dispose();
  });

  it('says where in a picture a place is', async () => {
    const reader = await readerOf();
    const { pictures, paths, sequences, steps } = reader.film();
    const values = defined(pictures ?? undefined, 'pictures').values;
    const places = defined(paths[0], 'path').values;
    for (let at = 0; at < sequences * steps; at++) {
      const [x, y] = [0, 1].map((i) => Math.round(pixelOf(places[2 * at + i] ?? NaN, SIZE)));
      const picture = values.subarray(at * PIXELS, (at + 1) * PIXELS);
      expect(picture.indexOf(Math.max(...picture))).toBe((y ?? NaN) * SIZE + (x ?? NaN));
    }
  });

  it('shows data with time of which nothing is predicted, and refuses other data', async () => {
    const alone = await readerOf(
      sketchDocument({
        nodes: {
          dots: ['data.movingDots', { sequences: 20, length: 3, size: 4 }],
          whole: 'op.flatten',
          encoder: ['module.linear', { width: 2 }],
          vicreg: 'reg.vicreg',
        },
        edges: ['dots.frames -> whole.in', 'whole.out -> encoder.in', 'encoder.out -> vicreg.z'],
      }),
    );
    const frame = await alone.frame({ snapshot: null, live: {} });
    expect(frame).toEqual({ step: null, sequences: 4, curves: [], places: [] });
    expect(alone.film().pictures?.values).toHaveLength(4 * 3 * 16);
    const points = sketchDocument({
      nodes: {
        points: ['data.points', { count: 50 }],
        encoder: ['module.linear', { width: 2 }],
        vicreg: 'reg.vicreg',
      },
      edges: ['points.y -> encoder.in', 'encoder.out -> vicreg.z'],
    });
    await expect(readerOf(points)).rejects.toThrow('time axis');
  });
});

function expectClose(actual: Float32Array | null | undefined, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, at) => expect(actual?.[at]).toBeCloseTo(value, 4));
}
