import { describe, expect, it } from 'vitest';
import { choiceFor, choiceOfUses, sizeInWords, usesOfChoice, withUse } from './columnUses';

describe('uses of columns', () => {
  it('are a choice, and back', () => {
    const choice = { x: [0, 3], y: [1], label: 4 };
    const uses = usesOfChoice(choice, 6);
    expect(uses).toEqual(['x', 'y', 'none', 'x', 'label', 'none']);
    expect(choiceOfUses(uses)).toEqual(choice);
  });

  it('have one label', () => {
    expect(withUse(['x', 'label', 'x'], 0, 'label')).toEqual(['label', 'none', 'x']);
    expect(withUse(['x', 'label'], 0, 'y')).toEqual(['y', 'label']);
  });

  it('fit what is read of the node that has had other data', () => {
    const usual = { x: [0, 1, 2], y: [], label: 3 };
    expect(choiceFor(usual, new Set())).toEqual(usual);
    expect(choiceFor(usual, new Set(['x']))).toEqual(usual);
    expect(choiceFor(usual, new Set(['y']))).toEqual({ x: [], y: [0, 1, 2], label: 3 });
    expect(choiceFor(usual, new Set(['x', 'y']))).toEqual({ x: [0, 1], y: [2], label: 3 });
  });

  it('come with the memory that they take', () => {
    const table = { rows: 2_580_075, isEstimate: true, seenRows: 9, bytes: 92_900_000 };
    const column = { name: 'a', kind: 'numbers' as const, shape: [], range: null, words: null };
    const columns = [{ ...column, missing: 0, examples: [] }];
    const usual = { x: [0], y: [], label: null };
    expect(sizeInWords({ ...table, columns, usual })).toBe(
      'About 2,580,075 rows × 1 column, 92.9 MB in memory',
    );
  });
});
