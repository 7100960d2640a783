import { describe, expect, it } from 'vitest';
import type { Builder } from '../../src/ir/builder';
import type { Value } from '../../src/ir/types';
import {
  boltzmannEnergy,
  boltzmannFields,
  boltzmannWeights,
  readBoltzmann,
  type Boltzmann,
} from './boltzmann';
import { constantOf, evaluate } from './testing/evaluate';
import { numbers } from './testing/numbers';
import { rowsOf, tensor, type TestArray } from './testing/tensor';

const VISIBLE = 3;
const HIDDEN = 2;

/** A machine with weights that look random. */
function machine(builder: Builder, hidden: number): Boltzmann {
  const specs = boltzmannWeights(VISIBLE, hidden);
  const weight = (name: string): Value => {
    const index = specs.findIndex((spec) => spec.name === name);
    const shape = specs[index]?.shape ?? [];
    return constantOf(builder, { shape, values: numbers(index, shape) });
  };
  return readBoltzmann(builder, weight, hidden > 0);
}

/** Energies of rows of all units. */
async function energies(rows: readonly (readonly number[])[], hidden: number): Promise<TestArray> {
  return evaluate((builder) => {
    const all = constantOf(builder, tensor(rows));
    const y = builder.sliceAxis(all, 1, 0, VISIBLE);
    const z = hidden > 0 ? builder.sliceAxis(all, 1, VISIBLE, VISIBLE + hidden) : null;
    return boltzmannEnergy(builder, { y, z }, machine(builder, hidden));
  });
}

describe('the fields of a Boltzmann machine', () => {
  it.each([HIDDEN, 0])(
    'are the energy with a unit off less that with it on: %d hidden units',
    async (hidden) => {
      const units = VISIBLE + hidden;
      const states = Array.from({ length: 2 ** units }, (_, state) =>
        Array.from({ length: units }, (__, unit) => (state >> unit) & 1),
      );
      const fields = await evaluate((builder) => {
        const all = constantOf(builder, tensor(states));
        const y = builder.sliceAxis(all, 1, 0, VISIBLE);
        const z = hidden > 0 ? builder.sliceAxis(all, 1, VISIBLE, units) : null;
        return boltzmannFields(builder, { y, z }, machine(builder, hidden));
      });
      expect(fields.shape).toEqual([states.length, units]);
      for (let unit = 0; unit < units; unit++) {
        const off = await energies(
          states.map((state) => state.with(unit, 0)),
          hidden,
        );
        const on = await energies(
          states.map((state) => state.with(unit, 1)),
          hidden,
        );
        rowsOf(fields).forEach((row, state) =>
          expect(row[unit]).toBeCloseTo((off.values[state] ?? NaN) - (on.values[state] ?? NaN), 12),
        );
      }
    },
  );
});
