import { describe, expect, it } from 'vitest';
import { trainingStep } from '../../../tests/support/trainingStep';
import { runOutput } from '../../shared/testing/runNode';
import { latentAngle } from './definition';

describe('latent.angle', () => {
  it('is drawn from the whole circle', async () => {
    const z = await runOutput(latentAngle, 'z', { params: { mode: 'prior' }, batch: 4000 });
    expect(Math.min(...z)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...z)).toBeLessThan(2 * Math.PI);
    const mean = z.reduce((sum, angle) => sum + angle, 0) / z.length;
    const deviation = (2 * Math.PI) / Math.sqrt(12);
    expect(Math.abs(mean - Math.PI)).toBeLessThan((4 * deviation) / Math.sqrt(4000));
  });

  it('integrates over the circle, without dividing by its length', async () => {
    // E = (wz + b − y)² with w = 0 is the same at all angles: F = E − 1/β log 2π.
    const { loss } = await trainingStep({
      sketch: {
        nodes: {
          points: ['data.points', { shape: 'parabola', count: 10 }],
          z: ['latent.angle', { mode: 'marginalize', beta: 3, grid: 16 }],
          f: ['module.linear', { width: 1 }],
          energy: 'energy.squared',
        },
        edges: ['z.z -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'],
        training: { batchSize: 8 },
      },
      columns: { y: Array<number>(8).fill(0.5) },
      state: { 'f.weight': [0], 'f.bias': [2] },
    });
    expect(loss).toBeCloseTo(1.5 ** 2 - Math.log(2 * Math.PI) / 3, 10);
  });
});
