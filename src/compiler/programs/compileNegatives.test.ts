import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';
import { compileNegatives, NEGATIVES } from './compileNegatives';
import { loadData } from './loadData';

const BATCH = 8;
const Y = { nodeId: 'points', port: 'y' };

/** y and ŷ of some steps. */
async function drawn(sampler: readonly [string, object], loss: string, steps: readonly number[]) {
  const analysis = analyse(
    sketchDocument({
      nodes: {
        points: ['data.points', { shape: 'moons', count: 50 }],
        energy: ['energy.scalar', { widths: [4] }],
        sampler: [sampler[0], { ...sampler[1] }],
        loss,
      },
      edges: [
        ...['points.y -> energy.in', 'points.y -> sampler.y', 'energy.energy -> loss.energy'],
        'sampler.negative -> loss.negative',
      ],
      training: { batchSize: BATCH },
    }),
    registry,
  );
  const compiled = compileNegatives(analysis, ['sampler'], [Y]);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const asset = () => Promise.reject(new Error('no file is needed'));
  const loaded = await loadData(compiled.value.data, { seed: analysis.training.seed, asset });
  if (!loaded.ok) throw new Error('no data');
  const run = await createReferenceEngine().compile(compiled.value.program, loaded.value.arrays);
  const found: { y: number[]; negative: number[] }[] = [];
  for (const step of steps) {
    run.writeState(new Map(), step);
    await run.run(1);
    const outputs = await run.readOutputs();
    const read = (name: string): number[] => [...(outputs.get(name) ?? [])];
    found.push({ y: read(NEGATIVES.beside(Y)), negative: read(NEGATIVES.points('sampler')) });
  }
  return { found, rows: [...(loaded.value.arrays.values().next().value ?? [])] };
}

describe('compileNegatives', () => {
  it('gives each row of the step’s batch the y of the next one', async () => {
    const { found, rows } = await drawn(['negative.shuffle', {}], 'loss.hinge', [3, 4, 3]);
    const [first, second, again] = found;
    const y = first?.y ?? [];
    expect(y).toHaveLength(2 * BATCH);
    expect(first?.negative).toEqual([...y.slice(2), ...y.slice(0, 2)]);
    expect(again).toEqual(first);
    expect(second?.y).not.toEqual(y);
    // All of them are training rows, none twice.
    const pairs = (values: readonly number[]): string[] =>
      Array.from(
        { length: values.length / 2 },
        (_, row) => `${values[2 * row]},${values[2 * row + 1]}`,
      );
    expect(new Set(pairs(y)).size).toBe(BATCH);
    for (const pair of pairs(y)) expect(pairs(rows)).toContain(pair);
  });

  it('adds the noise of the step', async () => {
    const { found } = await drawn(
      ['negative.noise', { deviation: 0.3 }],
      'loss.scoreMatching',
      Array.from({ length: 40 }, (_, step) => step),
    );
    const noise = found.flatMap(({ y, negative }) =>
      negative.map((value, at) => value - (y[at] ?? NaN)),
    );
    const deviation = Math.sqrt(noise.reduce((sum, one) => sum + one ** 2, 0) / noise.length);
    // 640 draws: the deviation is known to 1/√1280, 3 %.
    expect(Math.abs(deviation / 0.3 - 1)).toBeLessThan(0.1);
  });
});
