import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { registry } from '../../../../nodes/index';
import { readDocument } from '../../../document/read';
import { analyse } from '../../analysis/analyse';
import { sketchDocument } from '../../testing/testGraphs';
import { landscapeViews } from './planes';

type Sketch = Parameters<typeof sketchDocument>[0];

const all = (sketch: Sketch) => landscapeViews(analyse(sketchDocument(sketch), registry));

/** The planes of two numbers. */
const views = (sketch: Sketch) =>
  all(sketch)
    .filter(({ axes }) => axes !== null)
    .map(({ id, label, kind, axes, moving, held, hasPoints }) => ({
      ...{ id, label, kind, hasPoints },
      axes: axes?.map((axis) => axis.label),
      moving: moving.map(({ port }) => port),
      held: held.map(({ port }) => port),
    }));

const points = (shape: string) => ['data.points', { shape, count: 20 }] as const;

describe('landscapeViews', () => {
  it('is the surface over x and y, y being what the energy is contrasted by', () => {
    const nodes = {
      points: points('parabola'),
      f: ['module.linear', { width: 1 }],
      energy: 'energy.squared',
    } as const;
    const forwards = views({
      nodes,
      edges: ['points.x -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'],
    });
    expect(forwards).toEqual([
      {
        id: 'points.x,points.y',
        label: 'y over x',
        kind: 'surface',
        axes: ['x', 'y'],
        moving: ['y'],
        held: [],
        hasPoints: true,
      },
    ]);
    const backwards = views({
      nodes,
      edges: ['points.y -> f.in', 'f.out -> energy.a', 'points.x -> energy.b'],
    });
    expect(backwards).toMatchObject([{ axes: ['y', 'x'], moving: ['x'] }]);
  });

  it('is the plane of an observed variable, and that of a latent at the y of a sample', () => {
    const decoder = (z: Readonly<Record<string, unknown>>) =>
      views({
        nodes: {
          points: points('moons'),
          z: ['latent.continuous', z],
          decoder: ['module.linear', { width: 2 }],
          energy: 'energy.squared',
        },
        edges: ['z.z -> decoder.in', 'decoder.out -> energy.a', 'points.y -> energy.b'],
      });
    const plane = { id: 'points.y', label: 'y of points', kind: 'observed', held: [] };
    expect(decoder({ d: 2 })).toMatchObject([
      { ...plane, axes: ['y₁', 'y₂'], moving: ['y'], hasPoints: true },
      {
        id: 'z.z',
        label: 'z',
        kind: 'latent',
        axes: ['z₁', 'z₂'],
        held: ['y'],
        hasPoints: true,
      },
    ]);
    // A latent that is drawn is in no place of its own.
    expect(decoder({ d: 2, mode: 'prior' })[1]).toMatchObject({ id: 'z.z', hasPoints: false });
    expect(decoder({ d: 3 })).toMatchObject([plane]);
  });

  it('is nothing where no energy is computed from two numbers', () => {
    expect(
      views({
        nodes: {
          digits: 'data.digits',
          apart: points('moons'),
          encoder: ['module.linear', { width: 2 }],
          decoder: ['module.linear', { width: 64 }],
          flat: 'op.flatten',
          energy: 'energy.squared',
        },
        edges: [
          ...['digits.x -> flat.in', 'flat.out -> encoder.in', 'encoder.out -> decoder.in'],
          ...['decoder.out -> energy.a', 'flat.out -> energy.b'],
        ],
      }),
    ).toEqual([]);
  });

  it('says what is inferred at each point, and whose chains and points lie on the plane', () => {
    const sketch = sketchDocument({
      nodes: {
        points: points('moons'),
        z: ['latent.discrete', { k: 3, mode: 'marginalize' }],
        both: 'op.concat',
        energy: 'energy.scalar',
        walk: ['negative.langevin', { buffer: 64 }],
        anew: ['negative.langevin', { buffer: 0 }],
        likelihood: 'loss.nll',
        hinge: 'loss.hinge',
      },
      edges: [
        ...['points.y -> both.in', 'z.z -> both.in', 'both.out -> energy.in'],
        ...['points.y -> walk.y', 'energy.energy -> likelihood.energy'],
        ...['points.y -> anew.y', 'energy.energy -> hinge.energy'],
        ...['walk.negative -> likelihood.negative', 'anew.negative -> hinge.negative'],
      ],
    });
    expect(landscapeViews(analyse(sketch, registry))[0]).toMatchObject({
      ...{ id: 'points.y', inferred: ['z'], chains: ['walk.chains'], samplers: ['anew'] },
    });
  });
});

function ofTemplate(slug: string) {
  const path = `../../../../templates/${slug}/graph.json`;
  const read = readDocument(readFileSync(new URL(path, import.meta.url), 'utf8'));
  if (!read.ok) throw new Error('templates are documents');
  return landscapeViews(analyse(read.value, registry)).map(
    ({ kind, moving, kept, steps, views: mode, picture }) => ({
      ...{ kind, steps, views: mode, picture },
      moving: moving.map(({ nodeId, port }) => `${nodeId}.${port}`),
      kept: kept.map(({ nodeId, port }) => `${nodeId}.${port}`),
    }),
  );
}

const DIGIT = [8, 8, 1];
const PLAIN = { views: 'evaluate', steps: 0, kept: [], picture: null };
const WEIGHTS = { ...PLAIN, kind: 'weights', moving: [] };

describe('slices of templates', () => {
  it.each([
    [
      'jepa',
      [
        { ...PLAIN, kind: 'target', moving: ['digits.x'], kept: ['part.out'], picture: DIGIT },
        { ...PLAIN, kind: 'code', moving: ['z.z'], steps: 24 },
        WEIGHTS,
      ],
    ],
    // With nothing hidden there would be nothing to compare.
    [
      'masked-autoencoder',
      [{ ...PLAIN, kind: 'target', moving: ['digits.x'], views: 'train', picture: DIGIT }, WEIGHTS],
    ],
    // The branch of y alone: over both of them the two views of a sample would always be one.
    [
      'vicreg',
      [
        { ...PLAIN, kind: 'target', moving: ['noiseB.out'], kept: ['noiseA.out'], picture: DIGIT },
        WEIGHTS,
      ],
    ],
    // Radii alone have no directions.
    ['ellipse', [{ ...PLAIN, kind: 'observed', moving: ['points.y'] }]],
    [
      'variational-autoencoder',
      [{ kind: 'target' }, { kind: 'code', moving: ['z.z'], steps: 0 }, WEIGHTS],
    ],
    // Codes have nothing between them.
    ['kmeans', [{ kind: 'observed' }, WEIGHTS]],
  ])('of %s', (slug, expected) => {
    expect(ofTemplate(slug)).toMatchObject(expected);
  });
});
