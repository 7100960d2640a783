import { describe, expect, it } from 'vitest';
import { defined } from '../../../core/invariant';
import { UNARY } from '../../../ir/scalarFunctions';
import { VECTOR_FUNCTIONS, vectorFunctions, type VectorFunction } from './vectorFunctions';
import { WasmCode } from './wasmCode';
import { assembleModule } from './wasmModule';

const memory = new WebAssembly.Memory({ initial: 1 });
const numbers = new Float32Array(memory.buffer);
const functions = instantiate();

/** Functions `(address)` that replace four numbers in memory. */
function instantiate(): ReadonlyMap<VectorFunction, (address: number) => void> {
  const inner = vectorFunctions();
  const outer = VECTOR_FUNCTIONS.map((name, index) => {
    const code = new WasmCode(1);
    code.get(0).get(0).memory('v128.load').call(index).memory('v128.store');
    return { parameters: ['i32'], results: [], code, name } as const;
  });
  const module = new WebAssembly.Module(assembleModule([...inner, ...outer], false));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return new Map(
    VECTOR_FUNCTIONS.map((name) => [name, exports[name] as (address: number) => void]),
  );
}

function evaluate(name: VectorFunction, x: readonly number[]): number[] {
  numbers.set(x);
  for (let i = 0; i < x.length; i += 4) defined(functions.get(name), name)(4 * i);
  return [...numbers.subarray(0, x.length)];
}

/** Steps through [low, high], rounded to float32. */
function sweep(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) =>
    Math.fround(low + ((high - low) * i) / (count - 1)),
  );
}

/** Largest |f − exact| / |exact| over the points. */
function worstError(name: VectorFunction, points: readonly number[]): number {
  const found = evaluate(name, points);
  return Math.max(
    ...points.map((x, i) => {
      const exact = UNARY[name](x);
      const error = Math.abs(defined(found[i], 'result') - exact);
      return exact === 0 ? error : error / Math.abs(exact);
    }),
  );
}

const DIGITS = 3e-7;

describe('vector functions', () => {
  it('are within three units in the last place of float64', () => {
    expect(worstError('exp', sweep(-87, 88, 4000))).toBeLessThan(DIGITS);
    expect(worstError('log', sweep(1e-6, 4, 4000))).toBeLessThan(DIGITS);
    expect(worstError('log', sweep(4, 1e30, 4000))).toBeLessThan(DIGITS);
    expect(worstError('tanh', sweep(-12, 12, 4000))).toBeLessThan(DIGITS);
    expect(worstError('sigmoid', sweep(-80, 30, 4000))).toBeLessThan(DIGITS);
    expect(worstError('softplus', sweep(-80, 80, 4000))).toBeLessThan(DIGITS);
    expect(worstError('erf', sweep(-5, 5, 4000))).toBeLessThan(5e-7);
  });

  it('have waves that are right everywhere and bounded far out', () => {
    for (const name of ['sin', 'cos'] as const) {
      for (const end of [4, 100, 5000]) {
        const points = sweep(-end, end, 4000);
        const found = evaluate(name, points);
        const errors = points.map((x, i) => Math.abs(defined(found[i], 'wave') - UNARY[name](x)));
        expect(Math.max(...errors), `${name} to ${end}`).toBeLessThan(2 ** -22);
      }
      const far = evaluate(name, [1e6, -1e9, 1e20, 3e38]);
      expect(far.every((wave) => Math.abs(wave) <= 1.0001)).toBe(true);
      expect(evaluate(name, [Infinity, -Infinity, NaN, 0])).toEqual([
        NaN,
        NaN,
        NaN,
        UNARY[name](0),
      ]);
    }
  });

  it('are right at the ends of float32', () => {
    expect(evaluate('exp', [-Infinity, Infinity, NaN, 89])).toEqual([0, Infinity, NaN, Infinity]);
    expect(evaluate('exp', [-200, 0, 200, -0])).toEqual([0, 1, Infinity, 1]);
    expect(evaluate('log', [0, -1, Infinity, NaN])).toEqual([-Infinity, NaN, Infinity, NaN]);
    expect(evaluate('log', [1, -0, -Infinity, 1])).toEqual([0, -Infinity, NaN, 0]);
    expect(evaluate('tanh', [-Infinity, Infinity, NaN, 0])).toEqual([
      expect.closeTo(-1, 6),
      expect.closeTo(1, 6),
      NaN,
      0,
    ]);
    expect(evaluate('sigmoid', [-Infinity, Infinity, NaN, 0])).toEqual([0, 1, NaN, 0.5]);
    expect(evaluate('erf', [-Infinity, Infinity, NaN, 0])).toEqual([-1, 1, NaN, 0]);
    expect(evaluate('softplus', [-Infinity, Infinity, NaN, 200])).toEqual([0, Infinity, NaN, 200]);
  });

  it('takes logarithms and powers of subnormal numbers', () => {
    const points = [1e-39, 3e-41, 2e-44, 1.2e-38].map(Math.fround);
    const logs = evaluate('log', points);
    points.forEach((x, i) => expect(logs[i]).toBeCloseTo(Math.log(x), 4));
    const small = evaluate('exp', [-90, -95, -100, -103]);
    [-90, -95, -100, -103].forEach((x, i) =>
      expect(Math.abs(defined(small[i], 'power') - Math.exp(x))).toBeLessThan(2e-45),
    );
  });
});
