import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../document/canonical';
import { sketchDocument } from '../compiler/testing/testGraphs';
import { main } from './main';

/** A decoder with weights of its own makes y of a Gaussian latent, which an encoder gives while training. */
const GENERATOR = canonicalJson(
  sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'moons', count: 40 }],
      encoder: ['module.linear', { width: 6 }],
      z: ['latent.continuous', { d: 3, mode: 'amortized' }],
      decoder: ['module.linear', { width: 2 }],
      energy: 'energy.squared',
      sampler: ['negative.langevin', { steps: 3, buffer: 0, low: 7, high: 8, rate: 0, beta: 1e5 }],
      loss: 'loss.nll',
    },
    edges: [
      ...['points.y -> encoder.in', 'encoder.out -> z.guess', 'z.z -> decoder.in'],
      ...['decoder.out -> energy.a', 'points.y -> energy.b', 'points.y -> sampler.y'],
      ...['energy.energy -> loss.energy', 'sampler.negative -> loss.negative'],
    ],
  }),
);

async function sample(...more: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const argv = ['sample', '-', '--engine', 'reference', '--json', ...more];
  const code = await main(argv, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    stdin: () => Promise.resolve(GENERATOR),
  });
  const samples = code === 0 ? (JSON.parse(out.join('')) as { samples: number[][] }).samples : [];
  return { code, samples, err: err.join('\n') };
}

describe('sample', () => {
  it('draws latents from their prior, as many as asked for, however many rows there are', async () => {
    const { code, samples, err } = await sample('--port', 'z.z', '--count', '1200');
    expect(code).toBe(0);
    expect(err).toContain('initial weights');
    expect(samples).toHaveLength(1200);
    expect(new Set(samples.map((row) => row.join())).size).toBe(1200);
    const numbers = samples.flat();
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(3600));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 3600));
  });

  it('gives what is made of them, the same for a seed and others for another', async () => {
    const first = await sample('--port', 'decoder.out', '--count', '5');
    expect(first.samples.every((row) => row.length === 2)).toBe(true);
    expect((await sample('--port', 'decoder.out', '--count', '5')).samples).toEqual(first.samples);
    const other = await sample('--port', 'decoder.out', '--count', '5', '--seed', '99');
    expect(other.samples).not.toEqual(first.samples);
  });

  it('runs samplers, and gives held-out rows of data and energies of them', async () => {
    const { samples } = await sample('--port', 'sampler.negative', '--count', '8');
    expect(samples.flat().every((x) => x >= 7 && x <= 8)).toBe(true);
    const rows = await sample('--port', 'points.y', '--count', '8');
    expect(new Set(rows.samples.map((row) => row.join())).size).toBe(8);
    const energies = await sample('--port', 'energy.energy', '--count', '3');
    expect(energies.samples.every((row) => row.length === 1 && (row[0] ?? -1) >= 0)).toBe(true);
  });

  it('says which ports there are, and what has no samples', async () => {
    const unknown = await sample('--port', 'decoder.nothing', '--count', '5');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('no output “decoder.nothing”');
    expect(unknown.err).toContain('decoder.out');
    expect((await sample('--port', 'loss.loss', '--count', '5')).err).toContain('no samples');
    expect((await sample('--port', 'decoder', '--count', '5')).code).toBe(2);
  });
});
