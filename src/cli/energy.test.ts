import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../document/canonical';
import { sketchDocument } from '../compiler/testing/testGraphs';
import { main } from './main';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'basin-energy-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function basin(argv: readonly string[], stdin = '') {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    stdin: () => Promise.resolve(stdin),
  });
  return { code, out, err: err.join('\n') };
}

async function fileOf(text: string): Promise<string> {
  const file = join(folder, 'at.json');
  await writeFile(file, text);
  return file;
}

/** ‖y − a y‖² with a zero module: ‖y‖², times 3. */
const LENGTH = canonicalJson(
  sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'moons', count: 20 }],
      f: ['module.linear', { width: 2, bias: false }],
      energy: ['energy.squared', { reduce: 'sum', weight: 3 }],
    },
    edges: ['points.y -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'],
  }),
);

const NESTED = `${'['.repeat(5e4)}${']'.repeat(5e4)}`;

describe('energy', () => {
  const engine = ['--engine', 'reference', '--json'];

  it('gives the energies of points of the one observed variable with trained weights', async () => {
    const weights = join(folder, 'weights.safetensors');
    const steps = ['--steps', '40', '--engine', 'reference', '--weights', weights];
    const trained = ['train', '-', ...steps, '--set', 'training.learningRate=0'];
    expect((await basin(trained, LENGTH)).code).toBe(0);
    const at = await fileOf('[[0, 0], [1, 2], [2, 4]]');
    const untrained = await basin(['energy', '-', '--at', at, ...engine], LENGTH);
    const again = ['energy', '-', '--at', at, '--weights', weights, ...engine];
    const found = await basin(again, LENGTH);
    expect(untrained.err).toContain('initial weights');
    expect([found.code, found.err]).toEqual([0, expect.not.stringContaining('initial weights')]);
    // Without any learning the weights are the initial ones.
    expect(found.out).toEqual(untrained.out);
    const { energies } = JSON.parse(found.out[0] ?? '') as { energies: number[] };
    const [zero = NaN, one = NaN, two = NaN] = energies;
    expect(energies).toHaveLength(3);
    expect(zero).toBe(0);
    expect(one).toBeGreaterThan(0);
    // E is quadratic in y.
    expect(two / one).toBeCloseTo(4, 5);
  });

  it('takes several ports by name, and rows of single numbers', async () => {
    const at = await fileOf('{"points.x": [0.5, 0.5, 0.5], "points.y": [[0], [1], [2]]}');
    const { code, out } = await basin(['energy', 'parabola', '--at', at, ...engine]);
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(out[0] ?? '') as object)).toEqual(['energies']);
    const { energies } = JSON.parse(out[0] ?? '') as { energies: number[] };
    const [a = NaN, b = NaN, c = NaN] = energies;
    // (f − y)² with one f: its second difference is 2.
    expect(a - 2 * b + c).toBeCloseTo(2, 4);
  });

  it('gives the free energies of an ellipse by the half-axes of a weights file', async () => {
    const weights = join(folder, 'ellipse.safetensors');
    const radii = ['--set', 'minimum.radius1=2', '--set', 'minimum.radius2=1.5'];
    const still = ['--steps', '1', '--set', 'training.learningRate=0'];
    const written = ['train', 'ellipse', ...still, ...radii, '--weights', weights, ...engine];
    expect((await basin(written)).code).toBe(0);
    const points = [[2, 0], [0, 0], [0, -2.5], [3.5, 0], [1, 1], [-2.4, 1.8]]; // prettier-ignore
    const at = await fileOf(JSON.stringify(points));
    const asked = async (...set: readonly string[]): Promise<number[]> => {
      const settings = set.flatMap((setting) => ['--set', setting]);
      const argv = ['energy', 'ellipse', '--at', at, '--weights', weights, ...settings, ...engine];
      const { out } = await basin(argv);
      return (JSON.parse(out[0] ?? '') as { energies: number[] }).energies;
    };
    const angles = (count: number) =>
      Array.from({ length: count }, (_, k) => (2 * Math.PI * k) / count);
    const energyAt = ([y1 = NaN, y2 = NaN]: readonly number[], angle: number): number =>
      (y1 - 2 * Math.sin(angle)) ** 2 + (y2 - 1.5 * Math.cos(angle)) ** 2;

    const least = await asked('marginal.weight=0');
    // On the ellipse, in its middle, and beyond the ends of its axes.
    [0, 1.5 ** 2, 1, 1.5 ** 2].forEach((expected, i) => {
      expect(Math.abs((least[i] ?? NaN) - expected)).toBeLessThan(1e-3);
    });
    points.forEach((point, i) => {
      const expected = Math.min(...angles(100_000).map((angle) => energyAt(point, angle)));
      expect(Math.abs((least[i] ?? NaN) - expected)).toBeLessThan(1e-3);
    });
    for (const beta of [1, 10, 100]) {
      const marginal = await asked('minimum.weight=0', `zAll.beta=${beta}`);
      points.forEach((point, i) => {
        const sum = angles(48)
          .map((angle) => Math.exp(-beta * energyAt(point, angle)))
          .reduce((a, b) => a + b);
        const expected = -Math.log((sum * 2 * Math.PI) / 48) / beta;
        expect(Math.abs((marginal[i] ?? NaN) - expected)).toBeLessThan(1e-3);
      });
    }
    // What is printed is the sum of all energies that depend on y.
    const [both, marginal] = [await asked(), await asked('minimum.weight=0')];
    both.forEach((value, i) => {
      expect(value).toBeCloseTo((least[i] ?? NaN) + (marginal[i] ?? NaN), 4);
    });
  });

  it('prints one energy a line without --json', async () => {
    const at = await fileOf('[[0, 0], [0, 0]]');
    const { out } = await basin(['energy', '-', '--at', at, '--engine', 'reference'], LENGTH);
    expect(out).toEqual(['0', '0']);
  });

  it.each([
    ['[[1, 2], [3', 'not JSON'],
    ['7', 'neither a list of points nor an object'],
    ['[[1, 2], [3]]', 'Row 2 of “points.y” has 1 number where the port has 2 (2)'],
    ['[[1, 2], [3, "4"]]', 'Row 2 of “points.y” holds something that is not a number'],
    ['[[1, 2], [null, 4]]', 'Row 2 of “points.y” holds something that is not a number'],
    ['[[1, 1e999]]', 'Row 1 of “points.y” holds a number that is not finite'],
    ['{"ghost.y": [[1, 2]]}', 'no tensor port “ghost.y”. Ports: points.y, f.out'],
    ['{"points.y": 3}', '“points.y” is not a list of rows'],
    ['{}', 'names no port'],
    [
      '{"points.y": [[1, 2]], "f.out": [[1, 2], [3, 4]]}',
      'different numbers of rows: points.y has 1, f.out has 2',
    ],
    ['{"f.out": [[1, 2]]}', 'computed from “points.y” as well'],
    [NESTED, 'holds something that is not a number'],
  ])('exits with 2 on a wrong file and says what is wrong (%#)', async (text, message) => {
    const at = await fileOf(text);
    const { code, out, err } = await basin(['energy', '-', '--at', at, ...engine], LENGTH);
    expect([code, out.length]).toEqual([2, 1]);
    expect(err).toContain(message);
    expect(JSON.parse(out[0] ?? '')).toEqual(
      expect.objectContaining({
        ok: false,
        error: expect.stringContaining(message) as string,
        exitCode: 2,
      }),
    );
  });

  it('asks for names where there are several observed variables, and for a file that is there', async () => {
    const at = await fileOf('[[1], [2]]');
    const several = await basin(['energy', 'parabola', '--at', at, ...engine]);
    expect(several.code).toBe(2);
    expect(several.err).toContain('“points.x”, “points.y”');
    const none = await basin(['energy', 'parabola', '--at', join(folder, 'none'), ...engine]);
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('cannot be read')]);
    const without = await basin(['energy', 'parabola']);
    expect([without.code, without.err]).toEqual([2, expect.stringContaining('--at')]);
  });

  it('says of an energy that is not finite that it is not', async () => {
    const at = await fileOf('[[1e30, 1e30]]');
    const { out } = await basin(['energy', '-', '--at', at, '--engine', 'tfjs', '--json'], LENGTH);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      energies: [null],
      diagnostics: [{ code: 'run.non-finite', path: 'energies' }],
    });
  });
});
