import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { compileObjectiveAt } from '../../compiler/programs/compileObjectiveAt';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { initialState } from '../../engine/initialState';
import { filterDirection } from './filterDirections';

/** Convolutions both ways, normalised, and a table: weights whose units are counted by different axes. */
const analysis = analyse(
  sketchDocument({
    nodes: {
      digits: 'data.digits',
      encoder: ['module.conv', { channels: [4, 6], normalisation: 'batch' }],
      table: ['module.table', { width: 8 }],
      decoder: ['module.deconv', { outputShape: [8, 8, 1], channels: [5] }],
      energy: 'energy.squared',
    },
    edges: [
      ...['digits.x -> encoder.in', 'encoder.out -> table.in', 'table.out -> decoder.in'],
      ...['decoder.out -> energy.a', 'digits.x -> energy.b'],
    ],
  }),
  registry,
);

describe('filterDirection', () => {
  const compiled = compileObjectiveAt(analysis, 'heldOut');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const { program } = compiled.value;
  const weights = new Map(program.state.map((spec) => [spec.name, initialState(spec)]));
  const direction = filterDirection(analysis, program, weights, 0, 0);

  it('is as long as the weights, unit by unit, and 0 for vectors', () => {
    const trained = program.state.filter(({ purpose }) => purpose === 'weight');
    expect([...direction.keys()]).toEqual(
      trained.filter(({ shape }) => shape.length > 1).map(({ name }) => name),
    );
    expect(direction.size).toBeGreaterThan(4);
    for (const [name, delta] of direction) {
      const { shape = [] } = trained.find((spec) => spec.name === name) ?? {};
      // Transposed filters are [k, k, outputs, inputs], rows of a table its atoms.
      const isTransposed = shape.length === 4 && name.startsWith('decoder');
      const axis = isTransposed ? 2 : name.startsWith('table') ? 0 : shape.length - 1;
      const norms = (values: ArrayLike<number>): number[] => {
        const sums = new Array<number>(shape[axis] ?? 0).fill(0);
        const inner = shape.slice(axis + 1).reduce((product, extent) => product * extent, 1);
        Array.from(values).forEach((value, i) => {
          const unit = Math.floor(i / inner) % sums.length;
          sums[unit] = (sums[unit] ?? 0) + value ** 2;
        });
        return sums.map(Math.sqrt);
      };
      const present = norms(weights.get(name) ?? []);
      norms(delta).forEach((norm, unit) => {
        expect(norm).toBeCloseTo(present[unit] ?? NaN, 5);
      });
    }
  });

  it('is a function of the seed and of which direction it is', () => {
    const again = filterDirection(analysis, program, weights, 0, 0);
    expect(again).toEqual(direction);
    expect(filterDirection(analysis, program, weights, 1, 0)).not.toEqual(direction);
    expect(filterDirection(analysis, program, weights, 0, 1)).not.toEqual(direction);
  });
});
