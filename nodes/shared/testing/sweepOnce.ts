import { defined } from '../../../src/core/invariant';
import type { LowerContext, NodeDefinition } from '../../../src/graph/nodeDefinition';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import { constantOf, evaluate } from './evaluate';
import { runOutput } from './runNode';
import { rowsOf, scatter, tensorOf, type TestArray, type TestTensor } from './tensor';

interface Sweep {
  /** Units before the sweep, by input port. */
  readonly units: Readonly<Record<string, TestTensor>>;
  readonly weights: Readonly<Record<string, TestArray>>;
}

/** The numbers that stand for U[0,1) of a stream: fixed ones that look random. */
export function uniformNumbers(stream: string, shape: readonly number[]): TestArray {
  return tensorOf(shape, (index) => (scatter(stream.length)(index) + 1) / 2);
}

/** Units after one sweep of an energy's conditionals, in float64. */
export async function sweepOnce(
  definition: NodeDefinition,
  { units, weights }: Sweep,
): Promise<Record<string, TestArray>> {
  const { sweep } = defined(definition.conditionals, 'conditionals');
  const draw = (builder: Builder): Readonly<Record<string, Value>> => {
    const weight = (name: string): Value => constantOf(builder, defined(weights[name], name));
    const context = { builder, weight } as LowerContext<Record<string, unknown>>;
    const values = Object.entries(units).map(([port, array]) => [port, constantOf(builder, array)]);
    return sweep(context, Object.fromEntries(values) as Record<string, Value>, (stream, shape) =>
      constantOf(builder, uniformNumbers(stream, shape)),
    );
  };
  const drawn: Record<string, TestArray> = {};
  for (const port of Object.keys(units)) {
    drawn[port] = await evaluate((builder) => defined(draw(builder)[port], port));
  }
  return drawn;
}

/**
 * The same by the energy alone: unit after unit is on with the probability σ(E with it off − E with it on) given the others
 * as they are then.
 */
export async function sweepByEnergy(
  definition: NodeDefinition,
  { units, weights }: Sweep,
  [off, on]: readonly [number, number],
): Promise<Record<string, number[][]>> {
  const current = Object.fromEntries(
    Object.entries(units).map(([port, array]) => [port, rowsOf(array)]),
  );
  const sizes = Object.entries(current).map(
    ([port, rows]) => [port, rows[0]?.length ?? 0] as const,
  );
  const places = sizes.flatMap(([port, size]) =>
    Array.from({ length: size }, (_, unit) => ({ port, unit })),
  );
  const rows = Object.values(current)[0]?.length ?? 0;
  const uniforms = rowsOf(uniformNumbers('units', [rows, places.length]));
  for (const [place, { port, unit }] of places.entries()) {
    const energies = async (value: number): Promise<readonly number[]> => {
      const inputs = Object.fromEntries(
        Object.entries(units).map(([other, array]) => {
          const states = current[other] ?? [];
          const changed = other === port ? states.map((row) => row.with(unit, value)) : states;
          return [other, { ...array, values: changed.flat() }];
        }),
      );
      const numbers = Object.entries(weights).map(([name, { values }]) => [name, values] as const);
      return runOutput(definition, 'energy', { inputs, weights: Object.fromEntries(numbers) });
    };
    const whenOff = await energies(off);
    const whenOn = await energies(on);
    current[port] = (current[port] ?? []).map((row, index) => {
      const logOdds = (whenOff[index] ?? NaN) - (whenOn[index] ?? NaN);
      const isOn = (uniforms[index]?.[place] ?? NaN) < 1 / (1 + Math.exp(-logOdds));
      return row.with(unit, isOn ? on : off);
    });
  }
  return current;
}
