import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/codegen/plan';
import { planProgram } from '../../src/codegen/planProgram';
import { planNumbers } from '../../src/codegen/report/planNumbers';
import { defined } from '../../src/core/invariant';
import { createReferenceEngine } from '../../src/engine/reference/referenceEngine';
import { createWebGPUEngine } from '../../src/engine/webgpu/createWebGPUEngine';
import { createValidatingGpu } from '../../src/engine/webgpu/nodeGpu';
import { makeArrays } from '../workloads/arrays';
import type { Model } from '../workloads/workload';
import { WORKLOADS } from '../workloads/workloads';
import { basinStep } from './basinStep';

function plan(name: string, cooperative: boolean): Plan {
  const { model } = defined(
    WORKLOADS.find((workload) => workload.name === name),
    name,
  );
  return planProgram(basinStep(model, makeArrays(model)).program, { cooperative });
}

function dispatches(name: string, cooperative: boolean): number {
  return planNumbers(plan(name, cooperative)).dispatchesPerStep;
}

/** How often the loop of a step runs, and the dispatches of one iteration. */
function loop(name: string, cooperative: boolean): number[][] {
  return plan(name, cooperative)
    .sections.filter(({ count }) => count > 1)
    .map(({ count, kernels }) => [count, kernels.length]);
}

const SMALL: readonly Model[] = [
  { kind: 'mlp', batch: 6, widths: [5, 8, 3] },
  { kind: 'jointEmbedding', batch: 8, input: 3, hidden: 6, embedding: 4 },
  { kind: 'conv', batch: 3, size: 8, channels: [1, 2, 3], classes: 4 },
  { kind: 'transformer', batch: 2, tokens: 4, width: 8, heads: 2, hidden: 12 },
  { kind: 'jepa', batch: 8, input: 3, hidden: 6, embedding: 4, latent: 2, steps: 3 },
  { kind: 'langevin', batch: 32, widths: [2, 32, 32, 1], steps: 3, buffer: 64 },
  { kind: 'sparseCoding', batch: 8, pixels: 6, atoms: 8, steps: 4 },
];

describe('the programs of the workloads', () => {
  it.each([true, false])('take few dispatches, cooperative kernels: %s', (cooperative) => {
    expect(dispatches('a', cooperative)).toBeLessThanOrEqual(20);
    for (const name of ['b-small', 'b-middle', 'b-large']) {
      expect(dispatches(name, cooperative)).toBeLessThanOrEqual(40);
    }
  });

  it.each([true, false])(
    'take few dispatches an iteration of what they search, cooperative kernels: %s',
    (cooperative) => {
      // Of the proximal steps of z, the first iteration evaluates where they start.
      expect(loop('e', cooperative)).toEqual([[21, cooperative ? 6 : 7]]);
      expect(loop('f', cooperative)).toEqual([[40, 4]]);
      expect(loop('g', cooperative)).toEqual([[51, 4]]);
    },
  );

  it.each([true, false])(
    'create and write nothing in a step, cooperative kernels: %s',
    async (cooperative) => {
      // Dawn's null backend counts calls as any other does, and computes nothing.
      const gpu = await createValidatingGpu();
      const made = await createWebGPUEngine({ gpu, cooperative, subgroups: !cooperative });
      if (!made.ok) throw new Error('no device');
      const engine = made.value;
      const { model } = defined(WORKLOADS[0], 'workload a');
      const { program, data } = basinStep(model, makeArrays(model));
      const executable = await engine.compile(program, data);
      await executable.run(1);
      const before = { ...engine.stats };
      const steps = 64;
      await executable.run(steps);
      const { dispatches, submits, ...others } = engine.stats;
      expect((dispatches - before.dispatches) / steps).toBeLessThanOrEqual(20);
      expect(submits - before.submits).toBeLessThan(steps);
      const { buffersCreated, bindGroupsCreated, pipelinesCreated, writes } = before;
      expect(others).toEqual({ buffersCreated, bindGroupsCreated, pipelinesCreated, writes });
      engine.dispose();
    },
  );

  it.each(SMALL)('of kind $kind lower their loss on the batch', async (model) => {
    const { program, data, weights } = basinStep(model, makeArrays(model));
    const executable = await createReferenceEngine().compile(program, data);
    executable.writeState(weights);
    await executable.run(40);
    const { names, values } = await executable.drainMetrics();
    const losses = values.filter((_, index) => names[index % names.length] === 'loss');
    const [first = NaN] = losses;
    expect(Number.isFinite(first)).toBe(true);
    expect(losses.at(-1)).toBeLessThan(first * 0.98);
  });
});
