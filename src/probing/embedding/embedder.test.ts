import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { Embedder, type EmbeddingRows } from './embedder';
import type { PointColour } from './embeddingFrame';
import { Layouts } from './layouts';
import { sampleTable } from './sampleTable';

const OPTIONS = {
  engine: createReferenceEngine(),
  asset: () => Promise.reject(new Error('no file is needed')),
};

/** ‖Wy + b − y‖². */
const lineOf = (count: number) =>
  analyse(
    sketchDocument({
      nodes: {
        points: ['data.points', { shape: 'gaussians', count }],
        line: ['module.linear', { width: 2 }],
        energy: ['energy.squared', { reduce: 'sum' }],
      },
      edges: ['points.y -> line.in', 'line.out -> energy.a', 'points.y -> energy.b'],
    }),
    registry,
  );

/** With 400 held-out points, and with 50. */
const ANALYSIS = lineOf(2000);
const SMALL = lineOf(250);

const MODEL = {
  snapshot: {
    step: 7,
    state: new Map([
      ['line.weight', Float64Array.of(2, 0, 0, -1)],
      ['line.bias', Float64Array.of(1, 0.5)],
    ]),
  },
  live: {},
};

async function rowsOf(
  port: string,
  colour: PointColour,
  model = MODEL,
  analysis = ANALYSIS,
): Promise<EmbeddingRows> {
  const embedder = await Embedder.create(analysis, { port, colour }, OPTIONS);
  if (!embedder.ok) throw new Error(JSON.stringify(embedder.diagnostics));
  const rows = await embedder.value.rows(model, { method: 'pca', colour });
  embedder.value.dispose();
  if (!rows.ok) throw new Error(JSON.stringify(rows.diagnostics));
  return rows.value;
}

describe('Embedder', () => {
  it('gives the values of a port for all held-out samples, more than one run takes', async () => {
    const observed = await rowsOf('points.y', { by: 'label' });
    const { matrix, samples, step, leftOut } = await rowsOf('line.out', { by: 'label' });
    expect({ step, leftOut, rows: matrix.rows }).toEqual({ step: 7, leftOut: 0, rows: 400 });
    expect([...samples]).toEqual([...samples.keys()]);
    observed.matrix.values.forEach((y, at) => {
      const line = at % 2 === 0 ? 2 * y + 1 : -y + 0.5;
      expect(matrix.values[at]).toBeCloseTo(line, 5);
    });
  });

  it('colours by a number of the value, its norm, or an energy of the sample', async () => {
    const { matrix, scalars } = await rowsOf('line.out', { by: 'component', index: 1 });
    const norm = await rowsOf('line.out', { by: 'norm' });
    const energy = await rowsOf('line.out', { by: 'energy', nodeId: 'energy' });
    const observed = await rowsOf('points.y', { by: 'label' });
    for (const row of [0, 17, 300, 399]) {
      const [a = NaN, b = NaN] = matrix.values.subarray(2 * row, 2 * row + 2);
      const [y1 = NaN, y2 = NaN] = observed.matrix.values.subarray(2 * row, 2 * row + 2);
      expect(scalars?.[row]).toBeCloseTo(b, 5);
      expect(norm.scalars?.[row]).toBeCloseTo(Math.hypot(a, b), 5);
      expect(energy.scalars?.[row]).toBeCloseTo((a - y1) ** 2 + (b - y2) ** 2, 4);
    }
    expect(observed.scalars).toBeNull();
  });

  it('fails where values are not finite, or there is no such port', async () => {
    const infinite = {
      ...MODEL,
      snapshot: { step: 9, state: new Map([['line.bias', Float64Array.of(Infinity, 0)]]) },
    };
    await expect(rowsOf('line.out', { by: 'label' }, infinite)).rejects.toThrow('run.non-finite');
    await expect(rowsOf('line.in', { by: 'label' })).rejects.toThrow('sample.no-port');
  });

  it('says what the points are of', async () => {
    const table = await sampleTable(ANALYSIS, 'line', OPTIONS);
    const observed = await rowsOf('points.y', { by: 'label' });
    if (!table.ok || !table.value) throw new Error('there is data');
    const y = table.value.columns.find(({ name }) => name === 'y');
    expect(y).toMatchObject({ size: 2, time: null, picture: null });
    expect([...(y?.values ?? [])]).toEqual([...observed.matrix.values]);
    expect(table.value.labels).toHaveLength(400);
  });
});

describe('Layouts', () => {
  const goOn = () => Promise.resolve(true);
  const flat = { method: 'pca', dimensions: 2 } as const;

  it('turns each frame as the one before, and says how much of the variance is seen', async () => {
    const layouts = new Layouts();
    const first = await layouts.frame(await rowsOf('line.out', { by: 'label' }), 1, flat, goOn);
    // Both axes swapped, one mirrored: the same points.
    const turned = {
      ...MODEL,
      snapshot: {
        step: 8,
        state: new Map([
          ['line.weight', Float64Array.of(0, 2, 1, 0)],
          ['line.bias', Float64Array.of(0.5, 1)],
        ]),
      },
    };
    const second = await layouts.frame(
      await rowsOf('line.out', { by: 'label' }, turned),
      2,
      flat,
      goOn,
    );
    expect(first?.explained).toBeCloseTo(1, 6);
    expect(second?.step).toBe(8);
    second?.places.forEach((place, at) => expect(place).toBeCloseTo(first?.places[at] ?? NaN, 4));
  });

  it('does not lay out again what it has laid out, until the model is another one', async () => {
    const layouts = new Layouts();
    const settings = { method: 'umap', dimensions: 2 } as const;
    const rows = await rowsOf('line.out', { by: 'label' }, MODEL, SMALL);
    let epochs = 0;
    const count = () => Promise.resolve((epochs += 1) > 0);
    const first = await layouts.frame(rows, 1, settings, count);
    expect(epochs).toBe(50 + 250);
    expect(first?.explained).toBeNull();
    epochs = 0;
    const again = await layouts.frame(rows, 1, settings, count);
    expect(epochs).toBe(0);
    again?.places.forEach((place, at) => expect(place).toBeCloseTo(first?.places[at] ?? NaN, 4));
    await layouts.frame(rows, 2, settings, count);
    expect(epochs).toBe(50 + 80);
  });
});
