import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { registry } from '../../../nodes/index';
import { readDocument } from '../../document/read';
import { analyse } from '../analysis/analyse';
import { latentViews } from './latentViews';

function viewsOf(slug: string) {
  const text = readFileSync(
    new URL(`../../../templates/${slug}/graph.json`, import.meta.url),
    'utf8',
  );
  const read = readDocument(text);
  if (!read.ok) throw new Error('templates are documents');
  return latentViews(analyse(read.value, registry));
}

describe('latentViews', () => {
  it.each([
    [
      'variational-autoencoder',
      {
        id: 'z.z',
        size: 8,
        domain: { kind: 'space' },
        picture: [8, 8, 1],
        made: { nodeId: 'decoder' },
        hasAtoms: false,
      },
    ],
    [
      'kmeans',
      {
        id: 'z.z',
        size: 4,
        domain: { kind: 'one-hot' },
        picture: null,
        width: 2,
        made: { nodeId: 'centres' },
        hasAtoms: true,
      },
    ],
    [
      'gaussian-mixture',
      {
        id: 'z.z',
        size: 4,
        domain: { kind: 'one-hot' },
        width: 2,
        made: null,
        target: { nodeId: 'points' },
      },
    ],
    ['ellipse', { id: 'zMin.z', domain: { kind: 'circle' }, width: 2, made: null }],
    ['sparse-coding', { id: 'z.z', size: 64, picture: [8, 8, 1], hasAtoms: true }],
    [
      'bottleneck-autoencoder',
      {
        id: 'encoder.out',
        size: 8,
        domain: { kind: 'space' },
        picture: [8, 8, 1],
        made: { nodeId: 'decoder' },
      },
    ],
    ['pca', { id: 'encoder.out', picture: [8, 8, 1], hasAtoms: true }],
    ['jepa', {}],
  ])('finds the code of %s and what is made of it', (slug, wanted) => {
    // prettier-ignore
    const [view] = viewsOf(slug);
    expect(view).toMatchObject(wanted);
  });

  it.each(['vicreg', 'parabola', 'infonce', 'denoising-autoencoder'])(
    'finds none in %s',
    (slug) => {
      expect(viewsOf(slug)).toEqual([]);
    },
  );
});
