import { describe, expect, it } from 'vitest';
import { defined } from '../../core/invariant';
import { sampleRow, uniformAt } from '../../core/random';
import type { Builder } from '../../ir/builder';
import type { Value } from '../../ir/types';
import { compareEngines, describeReport } from '../../../tests/parity/compareEngines';
import { opCases } from '../../../tests/parity/opCases';
import { ParityDraft, type ParityCase } from '../../../tests/parity/parityCase';
import { createReferenceEngine } from './referenceEngine';

const engine = createReferenceEngine();

async function outputs(parityCase: ParityCase, steps = 1): Promise<number[][]> {
  const executable = await engine.compile(parityCase.program, parityCase.data);
  await executable.run(steps);
  return [...(await executable.readOutputs()).values()].map((array) => [...array]);
}

/** Result of one expression on literals. */
async function evaluate(make: (builder: Builder) => Value): Promise<number[]> {
  const draft = new ParityDraft('expression', [], 0);
  draft.output(make(draft.builder));
  return defined((await outputs(draft.finish()))[0], 'output');
}

describe('reference engine', () => {
  it('computes elementwise functions', async () => {
    expect(await evaluate((b) => b.unary('softplus', b.literal([0, -800, 800])))).toEqual([
      Math.LN2,
      0,
      800,
    ]);
    // NIST DLMF table of erf.
    const erf = await evaluate((b) => b.unary('erf', b.literal([0, 0.5, 1, 2, -3])));
    [0, 0.5204998778130465, 0.8427007929497149, 0.9953222650189527, -0.9999779095030014].forEach(
      (value, i) => expect(erf[i]).toBeCloseTo(value, 14),
    );
    expect(await evaluate((b) => b.cast(b.literal([1.9, -1.9, 0]), 'i32'))).toEqual([1, -1, 0]);
    const overflow = await evaluate((b) => b.mul(b.constant(2 ** 30, [], 'i32'), 6));
    expect(overflow).toEqual([-(2 ** 31)]);
  });

  it('moves elements as NumPy does', async () => {
    const x = (b: Builder): Value => b.literal([1, 2, 3, 4, 5, 6], [2, 3]);
    expect(await evaluate((b) => b.transpose(x(b), [1, 0]))).toEqual([1, 4, 2, 5, 3, 6]);
    expect(await evaluate((b) => b.slice(x(b), [0, 1], [2, 3]))).toEqual([2, 3, 5, 6]);
    expect(await evaluate((b) => b.pad(x(b), [0, 1], [1, 0], 9))).toEqual([
      9, 1, 2, 3, 9, 4, 5, 6, 9, 9, 9, 9,
    ]);
    expect(await evaluate((b) => b.concat([x(b), b.literal([7, 8], [2, 1])], 1))).toEqual([
      1, 2, 3, 7, 4, 5, 6, 8,
    ]);
    expect(await evaluate((b) => b.broadcast(b.literal([1, 2]), [2, 3], [0]))).toEqual([
      1, 1, 1, 2, 2, 2,
    ]);
    expect(await evaluate((b) => b.iota([2, 3], 0))).toEqual([0, 0, 0, 1, 1, 1]);
    expect(
      await evaluate((b) => b.transpose(b.literal([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]), [2, 0, 1])),
    ).toEqual([1, 3, 5, 7, 2, 4, 6, 8]);
  });

  it('reduces', async () => {
    const x = (b: Builder): Value => b.literal([1, 5, 3, 4, 2, 6], [2, 3]);
    expect(await evaluate((b) => b.sum(x(b), [0]))).toEqual([5, 7, 9]);
    expect(await evaluate((b) => b.reduce('max', x(b), [1]))).toEqual([5, 6]);
    expect(await evaluate((b) => b.reduce('min', x(b)))).toEqual([1]);
    expect(await evaluate((b) => b.argReduce('max', x(b), 1))).toEqual([1, 2]);
    expect(await evaluate((b) => b.argReduce('min', b.literal([3, 1, 1]), 0))).toEqual([1]);
  });

  it('multiplies, with every transposition', async () => {
    const left = [1, 2, 3, 4, 5, 6];
    const right = [1, 0, 2, -1, 1, 3];
    // [[1,2,3],[4,5,6]] · [[1,0],[2,−1],[1,3]]
    const product = [8, 7, 20, 13];
    const leftT = [1, 4, 2, 5, 3, 6];
    const rightT = [1, 2, 1, 0, -1, 3];
    for (const l of [false, true]) {
      for (const r of [false, true]) {
        const made = await evaluate((b) =>
          b.dot(
            b.literal(l ? leftT : left, l ? [3, 2] : [2, 3]),
            b.literal(r ? rightT : right, r ? [2, 3] : [3, 2]),
            { left: l, right: r },
          ),
        );
        expect(made).toEqual(product);
      }
    }
    const batched = await evaluate((b) =>
      b.dot(b.literal([1, 2, 3, 4], [2, 1, 2]), b.literal([5, 6, 7, 8], [2, 2, 1])),
    );
    expect(batched).toEqual([17, 53]);
  });

  it('convolves, and its gradients are the transposes of that linear map', async () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const valid = { strides: [1, 1], padding: [[0, 0], [0, 0]] } as const; // prettier-ignore
    const padded = { strides: [2, 2], padding: [[1, 1], [1, 1]] } as const; // prettier-ignore
    const filter = [1, 0, 0, -1];
    const convolve = (attributes: typeof valid | typeof padded): Promise<number[]> =>
      evaluate((b) =>
        b.conv2d(b.literal(x, [1, 3, 3, 1]), b.literal(filter, [2, 2, 1, 1]), attributes),
      );
    expect(await convolve(valid)).toEqual([-4, -4, -4, -4]);
    expect(await convolve(padded)).toEqual([-1, -3, -7, -4]);
    // ⟨conv(x, f), g⟩ = ⟨x, inputGradient(g, f)⟩ = ⟨f, filterGradient(x, g)⟩
    const g = [2, -1, 0.5, 3];
    const inner = (a: readonly number[], b: readonly number[]): number =>
      a.reduce((sum, value, i) => sum + value * defined(b[i], 'element'), 0);
    const forward = inner(await convolve(padded), g);
    const inputGradient = await evaluate((b) =>
      b.conv2dInputGradient(
        b.literal(g, [1, 2, 2, 1]),
        b.literal(filter, [2, 2, 1, 1]),
        [1, 3, 3, 1],
        padded,
      ),
    );
    const filterGradient = await evaluate((b) =>
      b.conv2dFilterGradient(
        b.literal(x, [1, 3, 3, 1]),
        b.literal(g, [1, 2, 2, 1]),
        [2, 2, 1, 1],
        padded,
      ),
    );
    expect(inner(x, inputGradient)).toBe(forward);
    expect(inner(filter, filterGradient)).toBe(forward);
  });

  it('gathers and scatters rows', async () => {
    const indices = (b: Builder): Value => b.literal([2, 0, 2], [3], 'i32');
    expect(
      await evaluate((b) => b.gather(b.literal([1, 2, 3, 4, 5, 6], [3, 2]), indices(b))),
    ).toEqual([5, 6, 1, 2, 5, 6]);
    expect(
      await evaluate((b) =>
        b.scatterAdd(indices(b), b.literal([1, 2, 3, 4, 5, 6], [3, 2]), [4, 2]),
      ),
    ).toEqual([3, 4, 0, 0, 6, 8, 0, 0]);
  });

  it('draws the random numbers of the core definitions', async () => {
    const draft = new ParityDraft('random', [], 0);
    const key = [3, 9] as const;
    draft.output(draft.builder.random(key, draft.step(), [5]));
    draft.output(draft.builder.sampleRows(key, draft.step(), 7, 4));
    const [noise, rows] = await outputs(draft.finish(), 3);
    expect(noise).toEqual([0, 1, 2, 3, 4].map((i) => uniformAt(key, 2, i)));
    expect(rows).toEqual([0, 1, 2, 3].map((i) => sampleRow(key, 2, 4, 7, i)));
  });

  it('runs repeats, with the old carried values until the end of an iteration', async () => {
    const draft = new ParityDraft('fibonacci', [], 0);
    const { builder } = draft;
    const one = builder.constant(1, [], 'i32');
    builder
      .repeat(7, [one, one], ([a, b]) => {
        const [last, now] = [defined(a, 'a'), defined(b, 'b')];
        return [now, builder.add(last, now)];
      })
      .forEach((value) => draft.output(value));
    expect(await outputs(draft.finish())).toEqual([[21], [34]]);
  });

  it('keeps state, live scalars, metrics and the step', async () => {
    const draft = new ParityDraft('counter', [], 0);
    const { builder } = draft;
    const total = draft.state('total', []);
    const rate = draft.live('rate', 1);
    const next = builder.add(total, builder.mul(rate, builder.cast(draft.step(), 'f32')));
    draft.update('total', next);
    draft.metric('total', next);
    const { program, data } = draft.finish();
    const executable = await engine.compile(program, data);
    await executable.run(3);
    executable.setLive({ rate: 10, unknown: 1 });
    await executable.run(1);
    const metrics = await executable.drainMetrics();
    expect([...metrics.values]).toEqual([0, 1, 3, 33]);
    expect(metrics.firstStep).toBe(0);
    executable.writeState(new Map([['total', Float32Array.of(100)]]), 1);
    await executable.run(1);
    const again = await executable.drainMetrics();
    expect(again).toMatchObject({ names: ['total'], firstStep: 1, rows: 1 });
    expect([...again.values]).toEqual([110]);
    expect([...((await executable.readState(['total'])).get('total') ?? [])]).toEqual([110]);
    expect(executable.step).toBe(2);
  });

  it('runs every parity case, to finite numbers', async () => {
    for (const parityCase of opCases(4)) {
      const report = await compareEngines(engine, engine, parityCase);
      expect(report.excess, describeReport(report)).toBe(0);
      for (const values of await outputs(parityCase, parityCase.steps)) {
        if (parityCase.name.includes('infinite')) continue;
        expect(values.every((x) => Number.isFinite(x) || parityCase.name.startsWith('input'))).toBe(
          true,
        );
      }
    }
  });
});
