import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defined } from '../../core/invariant';
import { compareEngines, describeReport } from '../../../tests/parity/compareEngines';
import { opCases } from '../../../tests/parity/opCases';
import { ParityDraft, type ParityCase } from '../../../tests/parity/parityCase';
import { randomProgram } from '../../../tests/parity/randomProgram';
import type { Engine } from '../../engine/engine';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import type { Builder } from '../../ir/builder';
import { printProgram } from '../../ir/print';
import type { OpKind, Program, Shape, Value } from '../../ir/types';
import { verifyProgram } from '../../ir/verify';
import { gradients } from '../autodiff/gradients';
import { simplify } from './simplify';

const reference = createReferenceEngine();

/** The reference engine behind the pass. */
const simplified: Engine = {
  ...reference,
  compile: (program, data) => reference.compile(simplify(program), data),
};

/** Constants cost nothing, and one that two ops shared may become two. */
function countValues({ phases }: Program): number {
  return phases.flatMap(({ values }) => values).filter(({ kind }) => kind !== 'constant').length;
}

async function expectEqual(parityCase: ParityCase): Promise<void> {
  // Float64 on both sides: only the order of roundings may differ.
  const report = await compareEngines(reference, simplified, {
    ...parityCase,
    relativeTolerance: 1e-9,
    absoluteTolerance: 1e-9,
  });
  expect(report.agrees, describeReport(report)).toBe(true);
  const once = simplify(parityCase.program);
  verifyProgram(once);
  expect(countValues(once), parityCase.name).toBeLessThanOrEqual(countValues(parityCase.program));
  expect(printProgram(simplify(once)), parityCase.name).toBe(printProgram(once));
}

describe('a simplified program', () => {
  it('computes the same, on every parity case; is valid, no larger and stays as it is', async () => {
    for (const parityCase of opCases(6)) await expectEqual(parityCase);
  }, 60_000);

  it('computes the same, on random programs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => expectEqual(randomProgram(seed, 20))),
      { numRuns: 60 },
    );
  }, 60_000);
});

/** The simplified program's value lines for one expression. */
function simplifiedLines(make: (builder: Builder, draft: ParityDraft) => Value): string[] {
  const draft = new ParityDraft('expression', [], 1);
  draft.output(make(draft.builder, draft), 'y');
  return printProgram(simplify(draft.finish().program))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('%') || line.startsWith('output'));
}

const X = '%0 f32[4×3] = input() {role: data, name: x0}';
const matrix = (draft: ParityDraft, shape: Shape = [4, 3]): Value => draft.input(shape);

describe('sums of products', () => {
  it('the gradient of AᵀA by A is one product, as AᵀA is symmetric', () => {
    const draft = new ParityDraft('gram', [], 1);
    const { builder } = draft;
    const x = draft.input([6, 4]);
    const gram = builder.dot(x, x, { left: true });
    const eye = builder.compare('eq', builder.iota([4, 4], 0), builder.iota([4, 4], 1));
    const loss = builder.sum(builder.square(builder.select(eye, 0, gram)));
    const [slope] = gradients(builder, loss, [x]);
    draft.output(defined(slope, 'gradient'));
    const parityCase = draft.finish();
    const products = simplify(parityCase.program).phases.flatMap(({ values }) =>
      values.filter(({ kind }) => kind === 'dot' || kind === 'transpose'),
    );
    expect(products.map(({ kind }) => kind)).toEqual(['dot', 'dot']);
    return expectEqual(parityCase);
  });

  it('A·B + A·C = A·(B + C), on either side', async () => {
    const draft = new ParityDraft('distributive', [], 1);
    const { builder } = draft;
    const [a, b, c] = [draft.input([5, 3]), draft.input([3, 4]), draft.input([4, 3])];
    draft.output(builder.add(builder.dot(a, b), builder.dot(a, c, { right: true })));
    const [d, e] = [draft.input([4, 5]), draft.input([5, 4])];
    draft.output(builder.add(builder.dot(d, a), builder.dot(e, a, { left: true })));
    const parityCase = draft.finish();
    const { phases } = simplify(parityCase.program);
    expect(phases.flatMap(({ values }) => values).filter(({ kind }) => kind === 'dot')).toHaveLength(2); // prettier-ignore
    await expectEqual(parityCase);
  });
});

describe('identities', () => {
  const unchanged: Readonly<Record<string, (b: Builder, x: Value) => Value>> = {
    'x + 0': (b, x) => b.add(0, b.add(x, 0)),
    'x·1': (b, x) => b.mul(1, b.mul(x, 1)),
    'x/1': (b, x) => b.div(x, 1),
    '−(−x)': (b, x) => b.neg(b.neg(x)),
    '2·x·½': (b, x) => b.mul(b.mul(x, 2), 0.5),
    'x^1': (b, x) => b.binary('pow', x, 1),
    'max(x, −∞)': (b, x) => b.max(x, -Infinity),
    'reshape there and back': (b, x) => b.reshape(b.reshape(x, [2, 6]), [4, 3]),
    'transpose twice': (b, x) => b.transpose(b.transpose(x, [1, 0]), [1, 0]),
    'slice of pad': (b, x) => b.slice(b.pad(x, [1, 2], [0, 1]), [1, 2], [5, 5]),
    'slice of concat': (b, x) => b.sliceAxis(b.concat([b.exp(x), x], 0), 0, 4, 8),
    'stop-gradient': (b, x) => b.stopGradient(x),
    'select of a known condition': (b, x) => b.select(b.constant(0, [4, 3], 'bool'), b.exp(x), x),
    'select of one value': (b, x) => b.select(b.compare('gt', x, 0), x, x),
    'sum over axes of extent 1': (b, x) =>
      b.reshape(b.sum(b.broadcast(x, [4, 1, 3], [0, 2]), [1]), [4, 3]),
    'a loop that changes nothing': (b, x) =>
      defined(b.repeat(5, [x], ([now]) => [defined(now, 'x')])[0], 'x'),
  };
  for (const [name, make] of Object.entries(unchanged)) {
    it(`${name} is x`, () => {
      expect(simplifiedLines((b, draft) => make(b, matrix(draft)))).toEqual([X, 'output y = %0']);
    });
  }

  it('folds constants, through views and reductions', () => {
    const lines = simplifiedLines((b) => {
      const two = b.add(b.constant(1, [2, 3]), 1);
      return b.mul(b.sum(b.transpose(two, [1, 0])), b.exp(b.constant(0)));
    });
    expect(lines).toEqual(['%0 f32 = constant() {value: 12}', 'output y = %0']);
  });

  it('does not fold what float32 cannot hold, nor 0·x where x may be infinite', () => {
    const overflow = simplifiedLines((b) => b.exp(b.constant(200)));
    expect(overflow.some((line) => line.includes('unary'))).toBe(true);
    const product = simplifiedLines((b, draft) => b.mul(matrix(draft), 0));
    expect(product.some((line) => line.includes('mul'))).toBe(true);
    const safe = simplifiedLines((b, draft) => b.mul(b.random([1, 2], draft.step(), [3]), 0));
    expect(safe).toEqual(['%0 f32[3] = constant() {value: 0}', 'output y = %0']);
  });

  it('puts transposes into dot’s flags', () => {
    const lines = simplifiedLines((b, draft) =>
      b.transpose(b.dot(b.transpose(matrix(draft), [1, 0]), matrix(draft, [4, 5])), [1, 0]),
    );
    expect(lines).toEqual([
      X,
      '%1 f32[4×5] = input() {role: data, name: x1}',
      '%2 f32[5×3] = dot(%1, %0) {transposeLeft: true, transposeRight: false}',
      'output y = %2',
    ]);
  });

  it('keeps a product whose transpose is one of several uses', () => {
    const kinds = simplifiedLines((b, draft) => {
      const product = b.dot(matrix(draft), matrix(draft, [3, 4]));
      return b.add(b.exp(product), b.transpose(product, [1, 0]));
    }).map((line) => /= (\w+)\(/.exec(line)?.[1]);
    expect(kinds.filter((kind) => kind === 'dot')).toHaveLength(1);
  });

  it('sums a broadcast by its extent, and computes before spreading', () => {
    const lines = simplifiedLines((b, draft) => {
      const bias = draft.input([3]);
      return b.sum(b.exp(b.broadcast(bias, [4, 3, 5], [1])), [0, 2]);
    });
    expect(lines).toEqual([
      '%0 f32[3] = input() {role: data, name: x0}',
      '%1 f32[3] = unary(%0) {op: exp}',
      '%2 f32[3] = constant() {value: 20}',
      '%3 f32[3] = binary(%1, %2) {op: mul}',
      'output y = %3',
    ]);
  });

  it('leaves out what nothing reads, also what a loop carries', () => {
    const lines = simplifiedLines((b, draft) => {
      const x = matrix(draft);
      b.sum(b.exp(x));
      const results = b.repeat(3, [x, x], ([kept, unused]) => [
        b.mul(defined(kept, 'kept'), 0.5),
        b.exp(defined(unused, 'unused')),
      ]);
      return defined(results[0], 'result');
    });
    expect(lines.some((line) => line.includes('exp'))).toBe(false);
    expect(lines.filter((line) => line.includes('carried'))).toHaveLength(1);
  });

  it('moves what has become invariant before its loop', () => {
    const draft = new ParityDraft('hoist', [], 1);
    const { builder } = draft;
    const x = draft.input([3]);
    const [result] = builder.repeat(4, [x, x], ([now, same]) => [
      builder.add(defined(now, 'now'), builder.exp(defined(same, 'same'))),
      defined(same, 'same'),
    ]);
    draft.output(defined(result, 'result'));
    const { phases } = simplify(draft.finish().program);
    const kinds = (index: number): OpKind[] => phases[index]?.values.map(({ kind }) => kind) ?? [];
    expect(kinds(0)).toContain('unary');
    expect(kinds(1)).not.toContain('unary');
  });

  it('unrolls a loop of one iteration', () => {
    const lines = simplifiedLines((b, draft) =>
      defined(b.repeat(1, [matrix(draft)], ([now]) => [b.exp(defined(now, 'x'))])[0], 'x'),
    );
    expect(lines).toEqual([X, '%1 f32[4×3] = unary(%0) {op: exp}', 'output y = %1']);
  });

  it('shrinks a gradient to what one would write by hand', () => {
    // ∂/∂w mean((x·w − t)²) = xᵀ·(x·w − t)·(2/n)
    const kinds = simplifiedLines((b, draft) => {
      const [x, w, t] = [matrix(draft), matrix(draft, [3, 2]), matrix(draft, [4, 2])];
      const loss = b.mean(b.square(b.sub(b.dot(x, w), t)));
      return defined(gradients(b, loss, [w])[0], 'gradient');
    }).flatMap((line) => /= (\w+)\(/.exec(line)?.[1] ?? []);
    expect(kinds.filter((kind) => kind !== 'input' && kind !== 'constant')).toEqual([
      'dot',
      'binary',
      'binary',
      'dot',
    ]);
  });
});
