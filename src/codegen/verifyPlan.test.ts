import { expect, test } from 'vitest';
import { opCases } from '../engine/parity/opCases';
import { randomProgram } from '../engine/parity/randomProgram';
import { DEFAULT_LIMITS, type Kernel, type Plan, type Storage } from './plan';
import { planProgram } from './planProgram';
import { verifyPlan } from './verifyPlan';

function storage(id: number, length = 4): Storage {
  return { id, role: 'temporary', name: `%${id}`, dtype: 'f32', length };
}

function kernel(name: string, reads: readonly Storage[], writes: readonly Storage[]): Kernel {
  return {
    name,
    kind: 'map',
    nodes: [],
    ops: [],
    wgsl: '',
    workgroups: [1, 1],
    bindings: [
      ...reads.map((read) => ({ storage: read, access: 'read' as const })),
      ...writes.map((written) => ({ storage: written, access: 'read_write' as const })),
    ],
  };
}

function plan(kernels: readonly Kernel[], buffers: readonly (readonly Storage[])[]): Plan {
  return {
    sections: [{ count: 1, kernels }],
    buffers: buffers.map((storages, number) => ({
      label: `buffer ${number}`,
      byteLength: 16,
      storages,
    })),
    bufferOf: new Map(buffers.flatMap((list, number) => list.map(({ id }) => [id, number]))),
    step: { storage: storage(99), offset: 0 },
    data: new Map(),
    state: new Map(),
    live: new Map(),
    outputs: new Map(),
    metricNames: [],
    ring: null,
    ringCapacity: 1,
  };
}

const [a, b, c] = [storage(0), storage(1), storage(2)];
const CHAIN = [kernel('first', [], [a]), kernel('second', [a], [b]), kernel('third', [b], [c])];

test('a chain may alternate between two buffers', () => {
  expect(() => verifyPlan(plan(CHAIN, [[a, c], [b]]), DEFAULT_LIMITS)).not.toThrow();
});

test('a value that is overwritten before it is read is found', () => {
  const kernels = [kernel('first', [], [a]), kernel('second', [], [b]), kernel('third', [a], [c])];
  expect(() => verifyPlan(plan(kernels, [[a, b], [c]]), DEFAULT_LIMITS)).toThrow(
    'third reads %0 after it was overwritten',
  );
});

test('a buffer that is read and written through two bindings is found', () => {
  expect(() => verifyPlan(plan(CHAIN, [[a, b], [c]]), DEFAULT_LIMITS)).toThrow(
    'second binds a buffer twice',
  );
});

test('a value that does not survive the next iteration of a loop is found', () => {
  const outer = kernel('before', [], [a]);
  const body = [kernel('use', [a], [b]), kernel('spoil', [], [c])];
  const faulty: Plan = {
    ...plan([], [[a, c], [b]]),
    sections: [
      { count: 1, kernels: [outer] },
      { count: 2, kernels: body },
    ],
  };
  expect(() => verifyPlan(faulty, DEFAULT_LIMITS)).toThrow('use reads %0');
});

test('too many bindings and too small buffers are found', () => {
  const many = Array.from({ length: 9 }, (_, id) => storage(id));
  const wide = plan(
    [kernel('wide', [], many)],
    many.map((each) => [each]),
  );
  expect(() => verifyPlan(wide, DEFAULT_LIMITS)).toThrow('9 bindings');
  const large = storage(7, 100);
  expect(() => verifyPlan(plan([kernel('k', [], [large])], [[large]]), DEFAULT_LIMITS)).toThrow(
    'does not fit',
  );
});

test.each([5, 8])(
  'every parity and random program has a sound plan with %i bindings',
  (bindings) => {
    const limits = { ...DEFAULT_LIMITS, maxStorageBuffersPerShaderStage: bindings };
    const random = Array.from({ length: 60 }, (_, seed) => randomProgram(seed + 100));
    for (const { program } of [...opCases(1), ...random]) {
      for (const cooperative of [true, false]) {
        verifyPlan(planProgram(program, { limits, cooperative }), limits);
      }
    }
  },
  60_000,
);
