import { describe, expect, it } from 'vitest';
import { elementCount } from '../../ir/types';
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
    const first = (list: typeof cases) => list.map(({ data }) => [...data.values()]);
    expect(first(again)).toEqual(first(cases));
    expect(first(other)).not.toEqual(first(cases));
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
