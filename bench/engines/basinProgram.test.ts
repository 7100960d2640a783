import { describe, expect, it } from 'vitest';
import { planProgram } from '../../src/codegen/planProgram';
import { planNumbers } from '../../src/codegen/report/planNumbers';
import { defined } from '../../src/core/invariant';
import { createReferenceEngine } from '../../src/engine/reference/referenceEngine';
import { createWebGPUEngine } from '../../src/engine/webgpu/createWebGPUEngine';
import { createValidatingGpu } from '../../src/engine/webgpu/nodeGpu';
import { makeArrays } from '../workloads/arrays';
import type { Model } from '../workloads/workload';
import { WORKLOADS } from '../workloads/workloads';
import { basinProgram } from './basinProgram';

function dispatches(name: string, cooperative: boolean): number {
  const { model } = defined(
    WORKLOADS.find((workload) => workload.name === name),
    name,
  );
  const program = basinProgram(model, makeArrays(model));
  return planNumbers(planProgram(program, { cooperative })).dispatchesPerStep;
}

const SMALL: readonly Model[] = [
  { kind: 'mlp', batch: 6, widths: [5, 8, 3] },
  { kind: 'jointEmbedding', batch: 8, input: 3, hidden: 6, embedding: 4 },
  { kind: 'conv', batch: 3, size: 8, channels: [1, 2, 3], classes: 4 },
  { kind: 'transformer', batch: 2, tokens: 4, width: 8, heads: 2, hidden: 12 },
];

describe('the programs of the workloads', () => {
  it.each([true, false])('take few dispatches, cooperative kernels: %s', (cooperative) => {
    expect(dispatches('a', cooperative)).toBeLessThanOrEqual(20);
    for (const name of ['b-small', 'b-middle', 'b-large']) {
      expect(dispatches(name, cooperative)).toBeLessThanOrEqual(40);
    }
  });

  it.each([true, false])(
    'create and write nothing in a step, cooperative kernels: %s',
    async (cooperative) => {
      // Dawn's null backend counts calls as any other does, and computes nothing.
      const gpu = await createValidatingGpu();
      const made = await createWebGPUEngine({ gpu, cooperative, subgroups: !cooperative });
      if (!made.ok) throw new Error('no device');
      const engine = made.value;
      const { model } = defined(WORKLOADS[0], 'workload a');
      const arrays = makeArrays(model);
      const data = new Map(arrays.data.map(({ name, values }) => [name, values]));
      const executable = await engine.compile(basinProgram(model, arrays), data);
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
    const arrays = makeArrays(model);
    const data = new Map(arrays.data.map(({ name, values }) => [name, values]));
    const engine = createReferenceEngine();
    const executable = await engine.compile(basinProgram(model, arrays), data);
    executable.writeState(new Map(arrays.weights.map(({ name, values }) => [name, values])));
    await executable.run(40);
    const { values } = await executable.drainMetrics();
    const [first = NaN] = values;
    expect(Number.isFinite(first)).toBe(true);
    expect(values.at(-1)).toBeLessThan(first * 0.98);
  });
});
