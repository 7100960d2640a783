import { expect, test } from 'vitest';
import type { Kernel, Plan, Storage, StorageRole } from '../plan';
import { planNumbers } from './planNumbers';

let ids = 0;

function storage(role: StorageRole, length: number): Storage {
  return { id: ids++, role, name: `${role}${ids}`, dtype: 'f32', length };
}

function kernel(reads: readonly Storage[], writes: readonly Storage[]): Kernel {
  return {
    name: 'k',
    kind: 'map',
    nodes: ['a'],
    ops: ['mul', 'add'],
    wgsl: '',
    bindings: [],
    touches: [
      ...reads.map((one) => ({ storage: one, access: 'read' as const })),
      ...writes.map((one) => ({ storage: one, access: 'read_write' as const })),
    ],
    workgroups: [3, 2],
  };
}

function plan(sections: Plan['sections'], kept: readonly Storage[], shared: Storage[]): Plan {
  const step = { storage: storage('scalars', 1), offset: 0, length: 1 };
  return {
    sections,
    buffers: [
      ...kept.map((one) => ({ label: one.name, byteLength: one.length * 4, storages: [one] })),
      { label: 'work', byteLength: 4000, storages: shared },
    ],
    placeOf: new Map(),
    step,
    data: new Map(),
    state: new Map(),
    live: new Map(),
    outputs: new Map(),
    metricNames: [],
    ring: null,
    ringCapacity: 1,
  };
}

test('a kernel counts its ops, its groups and the arrays it touches', () => {
  const x = storage('data', 100);
  const y = storage('temporary', 10);
  const numbers = planNumbers(plan([{ count: 1, kernels: [kernel([x], [y])] }], [x], [y]));
  expect(numbers.kernels).toEqual([
    {
      name: 'k',
      kind: 'map',
      nodes: ['a'],
      count: 1,
      ops: 2,
      bytesRead: 400,
      bytesWritten: 40,
      workgroups: [3, 2],
    },
  ]);
  expect(numbers).toMatchObject({ buffers: 2, bytes: 4400, passesPerStep: 1 });
  expect(numbers.arenas[1]).toEqual({ label: 'work', bytes: 4000, arrays: 1 });
});

test('the peak is what is kept and the temporaries that are alive together', () => {
  const w = storage('state', 5);
  const [a, b, c] = [storage('temporary', 10), storage('temporary', 20), storage('temporary', 30)];
  const chain = [kernel([w], [a]), kernel([a], [b]), kernel([b], [c]), kernel([c], [w])];
  const numbers = planNumbers(plan([{ count: 1, kernels: chain }], [w], [a, b, c]));
  // At its widest b and c: 5 + 20 + 30 elements.
  expect(numbers.peakBytes).toBe(220);
});

test('what enters a loop is alive in all of it, and its kernels are dispatched again and again', () => {
  const [x, a, b] = [storage('temporary', 10), storage('temporary', 1), storage('temporary', 20)];
  const numbers = planNumbers(
    plan(
      [
        { count: 1, kernels: [kernel([], [x])] },
        { count: 6, kernels: [kernel([x], [a]), kernel([a], [b])] },
      ],
      [],
      [x, a, b],
    ),
  );
  expect(numbers.dispatchesPerStep).toBe(13);
  expect(numbers.kernels.map(({ count }) => count)).toEqual([1, 6, 6]);
  expect(numbers.peakBytes).toBe(4 * (10 + 1 + 20));
});
