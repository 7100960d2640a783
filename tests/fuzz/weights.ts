import fc from 'fast-check';
import { openWeights } from '../../src/interop/weightsFile';
import { writeSafetensors } from '../../src/interop/safetensors';
import { damagedBytes } from './mutations';
import { must, target } from './target';

const FILES = [
  writeSafetensors(
    [
      { name: 'encoder.weight', shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) },
      { name: 'encoder.bias', shape: [3], values: Float64Array.of(1, 2, 3) },
      { name: 'chain', shape: [2], values: Int32Array.of(7, 8) },
    ],
    { step: '12', seed: '3', format: 'basin-weights-1' },
  ),
  writeSafetensors([], {}),
];

/** Damaged weights files are read or refused with words. */
export const weights = target(
  'weights files',
  { short: 1000, long: 50_000 },
  damagedBytes(fc.constantFrom(...FILES)),
  (bytes) => {
    const file = openWeights(bytes);
    must(file.ok || file.diagnostics.length > 0, 'A file is refused without a word.');
    if (!file.ok) return;
    const { step } = file.value.origin;
    must(step === null || (Number.isSafeInteger(step) && step >= 0), 'A step is no step.');
  },
);
