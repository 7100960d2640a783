import { expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { drawPoints } from '../../shared/testing/drawPoints';
import { inferNode } from '../../shared/testing/runNode';
import { negativeGenerator } from './definition';

it('gives what the generator made', async () => {
  const points = await drawPoints(negativeGenerator, { y: [[1], [2]], sample: [[7], [8]] });
  expect(points).toEqual([7, 8]);
});

it('refuses a sample of another shape than y', () => {
  const types = { y: tensorType([2]), sample: tensorType([3]) };
  expect(inferNode(negativeGenerator, types, {})).toMatchObject({
    ok: false,
    problem: { code: 'shape.mismatch', portId: 'sample' },
  });
});
