import { describe, expect, it } from 'vitest';
import type { StateSpec } from '../ir/types';
import { emptyDocument, DEFAULT_OPTIMIZERS } from '../document/schema';
import { originWarnings } from './originWarnings';
import { readSafetensors, writeSafetensors } from './safetensors';
import { readWeights, startOf, writeWeights } from './weightsFile';

function spec(name: string, shape: readonly number[], more: Partial<StateSpec> = {}): StateSpec {
  const initializer = { kind: 'constant', value: 0 } as const;
  return { name, shape, dtype: 'f32', initializer, purpose: 'weight', origin: 'a', ...more };
}

const SPECS = [
  spec('a.weight', [2, 2]),
  spec('a.mean', [2], { purpose: 'model' }),
  spec('optimizer/mean/a.weight', [2, 2], { purpose: 'optimizer' }),
  spec('optimizer/age', [], { purpose: 'optimizer', dtype: 'i32' }),
];
const STATE = new Map([
  ['a.weight', Float64Array.of(1, 2, 3, 4)],
  ['a.mean', Float64Array.of(0.5, -0.5)],
  ['optimizer/mean/a.weight', Float64Array.of(5, 6, 7, 8)],
  ['optimizer/age', Float64Array.of(9)],
]);
const EMPTY = emptyDocument('Mine');
const DOCUMENT = { ...EMPTY, training: { ...EMPTY.training, seed: 2 ** 40 } };
const ORIGIN = { step: 40, document: DOCUMENT, documentHash: 'abc' };

describe('weights files', () => {
  it('come back with their origin', () => {
    const result = readWeights(writeWeights(SPECS, STATE, ORIGIN), SPECS);
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    expect(result.diagnostics).toEqual([]);
    expect(result.value.origin).toEqual({ ...ORIGIN, seed: 2 ** 40 });
    expect(result.value.state.get('a.weight')).toEqual(Float64Array.of(1, 2, 3, 4));
    expect(result.value).toMatchObject({ isWhole: true, misfits: [] });
    expect(startOf(result.value).step).toBe(40);
    expect(originWarnings(result.value, DOCUMENT)).toEqual([]);
    expect(result.value.state.get('optimizer/age')).toEqual(Int32Array.of(9));
  });

  it('may lack the optimizer, and what the graph lacks is left out with a warning', () => {
    const noise = spec('c.noise', [1], { purpose: 'model' });
    const all = new Map([...STATE, ['c.noise', Float64Array.of(1)] as const]);
    const file = writeWeights([...SPECS, noise], all, ORIGIN);
    const model = SPECS.slice(0, 2);
    const trimmed = readWeights(file, model);
    expect(trimmed.ok && [...trimmed.value.state.keys()]).toEqual(['a.weight', 'a.mean']);
    expect(trimmed.diagnostics.map(({ message }) => message)).toEqual([
      'Part of the weights was left out: the graph has no “c.noise”.',
    ]);
    const small = writeWeights(model, STATE, ORIGIN);
    const afresh = readWeights(small, SPECS);
    if (!afresh.ok) throw new Error(JSON.stringify(afresh.diagnostics));
    expect(afresh.value.isWhole).toBe(false);
    expect(originWarnings(afresh.value, DOCUMENT).map(({ message }) => message)).toEqual([
      'The file lacks something that the optimizer or a probe keeps: that starts anew.',
    ]);
  });

  it('say that another run goes on with them', () => {
    const read = readWeights(writeWeights(SPECS, STATE, ORIGIN), SPECS);
    if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
    const { training } = DOCUMENT;
    const optimizer = { ...DEFAULT_OPTIMIZERS.sgd, momentum: 0.5 };
    const other = { ...DOCUMENT, training: { ...training, seed: 3, optimizer } };
    const messages = originWarnings(read.value, other).map(({ message }) => message);
    expect(messages).toHaveLength(2);
    expect(messages[0]).toContain(`seed ${2 ** 40}, and this run has seed 3`);
    expect(messages[1]).toMatch(/trained with adam .* this run has sgd \(.*momentum 0\.5/);
  });

  it('give what fits of them when that is asked for, without the optimizer and from step 0', () => {
    const specs = [...SPECS.slice(1), spec('a.weight', [4]), spec('b.weight', [2])];
    const file = writeWeights([...SPECS, spec('c.weight', [1])], new Map([...STATE, ['c.weight', Float64Array.of(7)]]), ORIGIN); // prettier-ignore
    expect(readWeights(file, [...specs, spec('c.weight', [1])]).ok).toBe(false);
    const read = readWeights(file, [...specs, spec('c.weight', [1])], { partial: true });
    if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
    expect(read.value.misfits).toEqual([
      { name: 'a.weight', kind: 'shape', wanted: [4], found: [2, 2] },
      { name: 'b.weight', kind: 'missing', wanted: [2] },
    ]);
    expect([...startOf(read.value).state.keys()]).toEqual(['a.mean', 'c.weight']);
    expect(startOf(read.value).step).toBe(0);
    // Nothing that is trained fits.
    expect(readWeights(file, specs, { partial: true }).ok).toBe(false);
  });

  it('carry their document', () => {
    const file = readSafetensors(writeWeights(SPECS, STATE, { ...ORIGIN, documentHash: null }));
    expect(file.ok && file.value.metadata).toMatchObject({ step: '40', seed: String(2 ** 40) });
    expect(file.ok && JSON.parse(file.value.metadata['document'] ?? '')).toMatchObject({
      title: 'Mine',
    });
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
    const finite = writeSafetensors([{ ...tensor, values: Float32Array.of(1) }], { seed: 'x' });
    const result = readWeights(finite, [spec('w', [1])]);
    expect(result.ok && result.value.origin).toEqual({
      step: null,
      seed: null,
      documentHash: null,
      document: null,
    });
  });

  it.each(['-1', 'Infinity', 'NaN', '1e400', '1.5', '', '9007199254740993'])(
    'are refused when their step is %s',
    (step) => {
      const tensor = { name: 'w', shape: [1], values: Float32Array.of(1) };
      const result = readWeights(writeSafetensors([tensor], { step }), [spec('w', [1])]);
      expect(result.ok).toBe(false);
      expect(result.diagnostics[0]?.message).toContain(`its step is “${step}”`);
    },
  );
});
