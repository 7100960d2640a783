import { describe, expect, it } from 'vitest';
import type { StateSpec } from '../ir/types';
import { writeSafetensors } from './safetensors';
import { readWeights, writeWeights } from './weightsFile';

function spec(name: string, shape: readonly number[], more: Partial<StateSpec> = {}): StateSpec {
  const initializer = { kind: 'constant', value: 0 } as const;
  return { name, shape, dtype: 'f32', initializer, purpose: 'weight', origin: 'a', ...more };
}

const SPECS = [
  spec('a.weight', [2, 2]),
  spec('a.mean', [2], { purpose: 'model' }),
  spec('adam.a.weight', [2, 2], { purpose: 'optimizer' }),
  spec('age', [], { purpose: 'optimizer', dtype: 'i32' }),
];
const STATE = new Map([
  ['a.weight', Float64Array.of(1, 2, 3, 4)],
  ['a.mean', Float64Array.of(0.5, -0.5)],
  ['adam.a.weight', Float64Array.of(5, 6, 7, 8)],
  ['age', Float64Array.of(9)],
]);
const ORIGIN = { step: 40, seed: 2 ** 40, documentHash: 'abc' };

describe('weights files', () => {
  it('come back with their origin', () => {
    const result = readWeights(writeWeights(SPECS, STATE, ORIGIN), SPECS);
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    expect(result.diagnostics).toEqual([]);
    expect(result.value.origin).toEqual(ORIGIN);
    expect(result.value.state.get('a.weight')).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(result.value.state.get('age')).toEqual(Int32Array.of(9));
  });

  it('may lack the optimizer, and what the graph lacks is left out with a warning', () => {
    const file = writeWeights(SPECS, STATE, ORIGIN);
    const model = SPECS.slice(0, 2);
    const trimmed = readWeights(file, model);
    expect(trimmed.ok && [...trimmed.value.state.keys()]).toEqual(['a.weight', 'a.mean']);
    expect(trimmed.diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
    const isOptimizers = (name: string) => name === 'age' || name.startsWith('adam.');
    expect(readWeights(file, model, isOptimizers).diagnostics).toEqual([]);
    const small = writeWeights(model, STATE, ORIGIN);
    expect(readWeights(small, SPECS).ok).toBe(true);
  });

  it.each([
    ['missing', [spec('b.weight', [1])], '“b.weight” is missing'],
    ['of another shape', [spec('a.weight', [4])], '2×2 where the graph has 4'],
    ['of another type', [spec('a.weight', [2, 2], { dtype: 'i32' })], 'another type'],
  ])('are refused when an array is %s', (_, specs, text) => {
    const result = readWeights(writeWeights(SPECS, STATE, ORIGIN), specs);
    expect(result.ok).toBe(false);
    expect(result.diagnostics[0]).toMatchObject({ code: 'weights.file-mismatch' });
    expect(result.diagnostics[0]?.message).toContain(text);
  });

  it('are refused when they are not finite, and have no origin when the file does not say', () => {
    const tensor = { name: 'w', shape: [1], values: Float32Array.of(NaN) };
    expect(readWeights(writeSafetensors([tensor]), [spec('w', [1])]).ok).toBe(false);
    const finite = writeSafetensors([{ ...tensor, values: Float32Array.of(1) }], { step: '-1' });
    const result = readWeights(finite, [spec('w', [1])]);
    expect(result.ok && result.value.origin).toEqual({
      step: null,
      seed: null,
      documentHash: null,
    });
  });
});
