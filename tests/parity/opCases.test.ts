import { describe, expect, it } from 'vitest';
import { elementCount } from '../../src/ir/types';
import { opCases } from './opCases';

describe('opCases', () => {
  const cases = opCases(1);

  it('has names of its own for every case, and data for every declared array', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    for (const { program, data, steps } of cases) {
      expect(steps).toBeGreaterThan(0);
      for (const { name, shape } of program.data) {
        expect(data.get(name)?.length).toBe(elementCount(shape));
      }
    }
  });

  it('is a function of the seed', () => {
    const again = opCases(1);
    const other = opCases(2);
    // Thousands of numbers each: weighted sums tell them apart, and much faster than `toEqual`.
    const fingerprints = (list: typeof cases): number[] =>
      list.flatMap(({ data }) =>
        [...data.values()].map((array) => {
          let sum = 0;
          array.forEach((value, index) => {
            if (Number.isFinite(value)) sum += value * Math.sqrt(index + 1);
          });
          return sum;
        }),
      );
    expect(fingerprints(again)).toEqual(fingerprints(cases));
    expect(fingerprints(other)).not.toEqual(fingerprints(cases));
  });

  it('uses the op that each case is named after', () => {
    for (const { name, ops, program } of cases) {
      const used = new Set(
        program.phases.flatMap((phase) => [
          ...phase.values.map(({ kind }) => kind),
          ...(phase.kind === 'repeat'
            ? phase.carried.flatMap(({ parameter, result }) => [parameter.kind, result.kind])
            : []),
        ]),
      );
      for (const kind of ops) expect(used, name).toContain(kind);
    }
  });
});
