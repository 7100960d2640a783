import { expect, test } from 'vitest';
import { opCases } from '../../tests/parity/opCases';
import { randomProgram } from '../../tests/parity/randomProgram';
import { DEFAULT_LIMITS, whole, type Kernel, type Plan, type Storage, type Touch } from './plan';
import { planProgram } from './planProgram';
import { verifyPlan } from './verifyPlan';

function storage(id: number, length = 4): Storage {
  return { id, role: 'temporary', name: `%${id}`, dtype: 'f32', length };
}

interface Sketch {
  readonly name: string;
  readonly touches: readonly Touch[];
}

function kernel(name: string, reads: readonly Storage[], writes: readonly Storage[]): Sketch {
  return {
    name,
    touches: [
      ...reads.map((read) => ({ storage: read, access: 'read' as const })),
      ...writes.map((written) => ({ storage: written, access: 'read_write' as const })),
    ],
  };
}

/** A plan with each list of storages in a buffer of 16 elements; those of an inner list lie at one place. */
function plan(
  kernels: readonly Sketch[],
  buffers: readonly (readonly (readonly Storage[])[])[],
  sections = [{ count: 1, kernels }],
): Plan {
  const placeOf: Plan['placeOf'] = new Map(
    buffers.flatMap((places, buffer) =>
      places.flatMap((list, place) => list.map(({ id }) => [id, { buffer, offset: place * 4 }])),
    ),
  );
  const finish = ({ name, touches }: Sketch): Kernel => {
    const numbers = new Set(touches.map(({ storage: { id } }) => placeOf.get(id)?.buffer ?? -1));
    return {
      name,
      touches,
      kind: 'map',
      nodes: [],
      ops: [],
      wgsl: '',
      workgroups: [1, 1],
      bindings: [...numbers].map((buffer) => ({ buffer, access: 'read_write' })),
    };
  };
  return {
    sections: sections.map(({ count, kernels: list }) => ({ count, kernels: list.map(finish) })),
    buffers: buffers.map((places, number) => ({
      label: `buffer ${number}`,
      byteLength: 64,
      storages: places.flat(),
    })),
    placeOf,
    step: whole(storage(99)),
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

test('a chain may alternate between two places', () => {
  expect(() => verifyPlan(plan(CHAIN, [[[a, c], [b]]]), DEFAULT_LIMITS)).not.toThrow();
});

test('a value that is overwritten before it is read is found', () => {
  const kernels = [kernel('first', [], [a]), kernel('second', [], [b]), kernel('third', [a], [c])];
  expect(() => verifyPlan(plan(kernels, [[[a, b], [c]]]), DEFAULT_LIMITS)).toThrow(
    'third reads %0 after it was overwritten',
  );
});

test('a kernel that reads and writes one place under two names is found', () => {
  expect(() => verifyPlan(plan(CHAIN, [[[a, b], [c]]]), DEFAULT_LIMITS)).toThrow(
    'second touches %0 and %1 at one place',
  );
});

test('a value that must be kept and has to share its place is found', () => {
  const kept: Storage = { ...storage(5), role: 'state' };
  expect(() => verifyPlan(plan([], [[[a, kept]]]), DEFAULT_LIMITS)).toThrow('%0 lies over %5');
});

test('a value that does not survive the next iteration of a loop is found', () => {
  const body = [kernel('use', [a], [b]), kernel('spoil', [], [c])];
  const faulty = plan(
    [],
    [[[a, c], [b]]],
    [
      { count: 1, kernels: [kernel('before', [], [a])] },
      { count: 2, kernels: body },
    ],
  );
  expect(() => verifyPlan(faulty, DEFAULT_LIMITS)).toThrow('use reads %0');
});

test('too many bindings and too small buffers are found', () => {
  const many = Array.from({ length: 9 }, (_, id) => storage(id));
  const wide = plan(
    [kernel('wide', [], many)],
    many.map((each) => [[each]]),
  );
  expect(() => verifyPlan(wide, DEFAULT_LIMITS)).toThrow('9 bindings');
  const large = storage(7, 100);
  expect(() => verifyPlan(plan([kernel('k', [], [large])], [[[large]]]), DEFAULT_LIMITS)).toThrow(
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
        for (const fused of [true, false]) {
          const options = { limits, cooperative, fused, subgroups: !cooperative };
          verifyPlan(planProgram(program, options), limits);
        }
      }
    }
  },
  60_000,
);
