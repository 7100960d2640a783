import { describe, expect, it } from 'vitest';
import { planProgram } from '../../src/codegen/planProgram';
import type { Program } from '../../src/ir/types';
import { makeArrays } from '../workloads/arrays';
import type { Model } from '../workloads/workload';
import { basinProgram } from './basinProgram';
import { productWork } from './productWork';

function program(model: Model): Program {
  return basinProgram(model, makeArrays(model));
}

function allWork(of: Program): number {
  return planProgram(of)
    .sections.flatMap(({ kernels }) => kernels)
    .reduce((sum, kernel) => sum + productWork(kernel, of), 0);
}

describe('the work of products', () => {
  it('of an MLP is two operations a weight and row: forward, by weights, and by inputs but for the first layer', () => {
    const [rows, a, b, c] = [12, 20, 16, 6];
    const work = allWork(program({ kind: 'mlp', batch: rows, widths: [a, b, c] }));
    expect(work).toBe(2 * rows * (2 * a * b + 3 * b * c));
  });

  it('of convolutions is that of their filters at each output element, padding included', () => {
    const model = { kind: 'conv', batch: 4, size: 8, channels: [1, 4, 6], classes: 3 } as const;
    const first = 2 * (4 * 4 * 4 * 4) * 9;
    const second = 2 * (4 * 2 * 2 * 6) * 9 * 4;
    const head = 2 * 4 * (2 * 2 * 6) * 3;
    expect(allWork(program(model))).toBe(2 * first + 3 * second + 3 * head);
  });
});
