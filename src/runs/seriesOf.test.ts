import { expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { analyse } from '../compiler/analysis/analyse';
import { compileTraining } from '../compiler/programs/compileTraining';
import { sketchDocument } from '../compiler/testing/testGraphs';
import { seriesOf } from './seriesOf';

it('has a curve for each player of an adversarial loss, which the program measures', () => {
  const document = sketchDocument({
    nodes: {
      points: 'data.points',
      z: ['latent.continuous', { mode: 'prior' }],
      generator: ['module.linear', { width: 2 }],
      made: 'negative.generator',
      energy: 'energy.scalar',
      players: 'loss.adversarial',
    },
    edges: [
      ...['z.z -> generator.in', 'generator.out -> made.sample', 'points.y -> made.y'],
      ...['points.y -> energy.in', 'energy.energy -> players.energy'],
      'made.negative -> players.negative',
    ],
  });
  const analysis = analyse(document, registry);
  const series = seriesOf(analysis);
  expect(series.map(({ label, role }) => `${role} ${label}`)).toEqual([
    'total Total',
    'term λ·players',
    'part players: energy',
    'part players: generator',
    'gradient Gradient norm',
    'rate Learning rate',
  ]);
  const compiled = compileTraining(analysis);
  const names = compiled.ok ? [...compiled.value.metrics.keys()] : [];
  expect(names).toEqual(expect.arrayContaining(series.map(({ name }) => name)));
});
