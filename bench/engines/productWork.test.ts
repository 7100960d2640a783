import { describe, expect, it } from 'vitest';
import { planProgram } from '../../src/codegen/planProgram';
import { defined } from '../../src/core/invariant';
import type { Program } from '../../src/ir/types';
import { makeArrays } from '../workloads/arrays';
import type { PlainModel } from '../workloads/workload';
import { basinProgram } from './basinProgram';
import { productWork } from './productWork';

function program(model: PlainModel): Program {
  return basinProgram(model, makeArrays(model));
}

function allWork(of: Program): number {
  const plan = planProgram(of);
  const kernels = plan.sections.flatMap((section) => section.kernels);
  return kernels.reduce((sum, kernel) => sum + productWork(kernel, plan, of), 0);
}

describe('the work of products', () => {
  it('of an MLP is two operations a weight and row: forward, by weights, and by inputs but for the first layer', () => {
    const [rows, a, b, c] = [12, 20, 16, 6];
    const work = allWork(program({ kind: 'mlp', batch: rows, widths: [a, b, c] }));
    expect(work).toBe(2 * rows * (2 * a * b + 3 * b * c));
  });

  it('is that of the parts where a product is made in parts, and not of adding them up', () => {
    const of = program({ kind: 'mlp', batch: 12, widths: [20, 6] });
    const values = of.phases.flatMap((phase) => phase.values);
    const { id } = defined(
      values.find(({ kind }) => kind === 'dot'),
      'product',
    );
    const plan = planProgram(of);
    const kernel = defined(plan.sections[0]?.kernels[0], 'kernel');
    const makes = { ...kernel, name: `dot %${id}.parts` };
    const adds = { ...kernel, name: `dot %${id}, reduce.sum %${id}00` };
    const split = { ...plan, sections: [{ count: 1, kernels: [makes, adds] }] };
    expect(productWork(makes, split, of)).toBe(2 * 12 * 20 * 6);
    expect(productWork(adds, split, of)).toBe(0);
  });

  it('of convolutions is that of their filters at each output element, padding included', () => {
    const model = { kind: 'conv', batch: 4, size: 8, channels: [1, 4, 6], classes: 3 } as const;
    const first = 2 * (4 * 4 * 4 * 4) * 9;
    const second = 2 * (4 * 2 * 2 * 6) * 9 * 4;
    const head = 2 * 4 * (2 * 2 * 6) * 3;
    expect(allWork(program(model))).toBe(2 * first + 3 * second + 3 * head);
  });
});
