import { expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { drawPoints } from '../../shared/testing/drawPoints';
import { inferNode } from '../../shared/testing/runNode';
import { negativeGenerator } from './definition';

it('gives what the generator made', async () => {
  const points = await drawPoints(negativeGenerator, { y: [[1], [2]], sample: [[7], [8]] });
  expect(points).toEqual([7, 8]);
});

it.each([
  ['shape', tensorType([3])],
  // A latent with a length makes the sample a sequence, which y is not.
  ['length', tensorType([2], 2)],
])('refuses a sample of another %s than y', (_, sample) => {
  expect(inferNode(negativeGenerator, { y: tensorType([2]), sample }, {})).toMatchObject({
    ok: false,
    problem: { code: 'shape.mismatch', portId: 'sample' },
  });
});
