import { describe, expect, it } from 'vitest';
import { defined } from '../../../core/invariant';
import { softmax } from '../../../ir/compose';
import { Builder } from '../../../ir/builder';
import type { Value } from '../../../ir/types';
import { randomProgram } from '../../../../tests/parity/randomProgram';
import { accessOf, isView } from './access';
import { fuse } from './fuse';
import { madeByStep, type Loops, type Nest, type Work } from './steps';
import { loopKind } from './loopKind';

const LARGE = [64, 128];

function workOf(builder: Builder, roots: readonly Value[]): Work[] {
  const values = builder.takePhases().flatMap((phase) => phase.values);
  return fuse(values, {
    roots: new Set(roots.map(({ id }) => id)),
    fixed: new Set(),
    members: new Map(),
    takes: () => true,
  });
}

function loopsOf(work: readonly Work[]): Loops[] {
  return work.flatMap((item) => (item.kind === 'loops' ? [item.loops] : []));
}

function nestsOf(loops: Loops | undefined): Nest[] {
  return defined(loops, 'loops').steps.flatMap((step) => ('space' in step ? [step] : []));
}

describe('fuse', () => {
  it('makes one nest of an elementwise chain, and keeps only its end', () => {
    const b = new Builder();
    const x = b.input('data', 'x', LARGE, 'f32');
    const bias = b.input('state', 'b', [128], 'f32');
    const y = b.relu(b.mul(b.add(x, bias), 2));
    const work = workOf(b, [y]);
    const [loops, ...others] = loopsOf(work);
    expect(others).toEqual([]);
    expect(nestsOf(loops).map(({ values }) => values.length)).toEqual([3]);
    expect(loops?.writes).toEqual([y]);
    // The repeated bias is read from its own 128 elements; the repetition is nothing to compute.
    expect(loops?.reads).toEqual([x, bias]);
    expect(work.filter(({ kind }) => kind === 'value')).toHaveLength(2);
  });

  it('makes three passes of a softmax in one call', () => {
    const b = new Builder();
    const y = softmax(b, b.input('data', 'x', LARGE, 'f32'), 1);
    const [loops] = loopsOf(workOf(b, [y]));
    expect(nestsOf(loops).map(({ values }) => values.map(({ kind }) => kind))).toEqual([
      ['reduce'],
      ['binary', 'unary', 'reduce'],
      ['binary'],
    ]);
    expect(loops?.writes).toEqual([y]);
  });

  it('computes what is cheap where it is used, and reads one array once for several results', () => {
    const b = new Builder();
    const [w, m, g] = ['w', 'm', 'g'].map((name) => b.input('state', name, LARGE, 'f32'));
    const [weight, mean, gradient] = [defined(w, 'w'), defined(m, 'm'), defined(g, 'g')];
    const old = b.mul(mean, 0.9);
    const norm = b.sum(b.square(gradient));
    const moved = b.add(old, b.mul(gradient, 0.1));
    const next = b.sub(weight, b.mul(moved, norm));
    const [loops] = loopsOf(workOf(b, [moved, next]));
    // The norm first; then all of the update in one pass, though `old` could have been made before.
    expect(nestsOf(loops).map(({ values }) => values.length)).toEqual([2, 5]);
    expect(nestsOf(loops)[1]?.stored).toEqual(new Set([moved, next]));
  });

  it('multiplies without copies of transposed operands, between nests of one call', () => {
    const b = new Builder();
    const x = b.input('data', 'x', [8, 16, 4], 'f32');
    const w = b.input('state', 'w', [8, 32, 16], 'f32');
    const y = b.relu(b.dot(b.transpose(x, [0, 2, 1]), b.transpose(w, [0, 2, 1])));
    const [loops, ...others] = loopsOf(workOf(b, [y]));
    expect(others).toEqual([]);
    expect(loops?.steps).toMatchObject([
      { left: { source: x, strides: [64, 1, 4] }, right: { source: w, strides: [512, 1, 16] } },
      { space: [8, 4, 32] },
    ]);
    expect(loops?.reads).toEqual([x, w]);
  });

  it('copies a view that a reshape reads, by a nest of the same call', () => {
    const b = new Builder();
    const x = b.input('state', 'x', [8, 3, 4], 'f32');
    const turned = b.transpose(b.relu(x), [1, 0, 2]);
    const y = b.exp(b.reshape(turned, [24, 4]));
    const work = workOf(b, [y]);
    const [loops, ...others] = loopsOf(work);
    expect(others).toEqual([]);
    expect(nestsOf(loops).map(({ values }) => values.at(-1)?.kind)).toEqual([
      'binary',
      'transpose',
      'unary',
    ]);
    expect(work.filter(({ kind }) => kind === 'value')).toHaveLength(1);
  });

  it('reads members of a pack where the pack is', () => {
    const b = new Builder();
    const all = b.input('state', 'all', [14], 'f32');
    const w = b.input('state', 'w', [2, 4], 'f32');
    const y = b.dot(b.input('data', 'x', [3, 2], 'f32'), w);
    const next = b.mul(all, 0.5);
    const values = b.takePhases().flatMap((phase) => phase.values);
    const members = new Map([['w', { pack: 'all', start: 6, shape: [2, 4] }]]);
    const roots = new Set([y.id, next.id]);
    const work = fuse(values, { roots, fixed: new Set(), members, takes: () => true });
    const [loops] = loopsOf(work);
    const product = loops?.steps.find((step) => 'product' in step);
    expect(product).toMatchObject({ right: { source: all, offset: 6, strides: [4, 1] } });
    expect(work.flatMap((item) => (item.kind === 'value' ? [item.value] : []))).not.toContain(w);
  });

  it('makes every value after what it reads, and none twice: random programs', () => {
    for (let seed = 0; seed < 200; seed++) {
      const { program } = randomProgram(seed, 30);
      for (const phase of program.phases) {
        if (phase.kind === 'repeat') continue;
        const roots = new Set([...program.updates.values(), ...program.outputs.values()]);
        const local = new Set(phase.values);
        const scope = {
          roots: new Set([...roots].map(({ id }) => id)),
          fixed: new Set<number>(),
          members: new Map(),
          takes: () => true,
        };
        const done = new Set<Value>();
        const expectDone = (value: Value): void => {
          if (value.kind !== 'constant' && local.has(value)) {
            expect(done.has(value), `seed ${seed}: %${value.id} is there`).toBe(true);
          }
        };
        const make = (value: Value): void => {
          expect(done.has(value), `seed ${seed}: %${value.id} is made once`).toBe(false);
          done.add(value);
        };
        for (const work of fuse(phase.values, scope)) {
          if (work.kind === 'value') {
            work.value.operands.forEach(expectDone);
            make(work.value);
            continue;
          }
          work.loops.reads.forEach(expectDone);
          for (const step of work.loops.steps) {
            if (!('space' in step)) {
              const parts = 'concat' in step ? step.parts : [step.left, step.right];
              for (const { source } of parts) expectDone(source);
              make(madeByStep(step));
              continue;
            }
            const nest = step;
            const before = new Set(done);
            for (const value of nest.values) {
              for (const operand of value.operands) {
                const { source, same } = nest.accessOf(operand);
                expectDone(source);
                // A reduction, or anything seen through a view, is complete only after its loops.
                const isComplete = before.has(source) || !local.has(source);
                const isInside = same && loopKind(source) === 'elementwise';
                if (source.kind !== 'constant') expect(isComplete || isInside).toBe(true);
              }
              make(value);
            }
          }
        }
        for (const root of roots) expectDone(root);
      }
    }
  });
});

describe('accessOf', () => {
  const anywhere = { mayPass: isView, packed: () => null };

  it('sees through broadcasts, slices and transposes of outer axes', () => {
    const b = new Builder();
    const x = b.input('data', 'x', [3, 4, 5], 'f32');
    const turned = b.transpose(b.slice(x, [1, 0, 2], [3, 4, 5]), [1, 0, 2]);
    const shown = b.broadcast(turned, [6, 4, 2, 3], [1, 2, 3]);
    expect(accessOf(shown, anywhere)).toEqual({
      source: x,
      strides: [0, 5, 20, 1],
      offset: 22,
      same: false,
    });
  });

  it('leaves a transpose of the last axis to a kernel', () => {
    const b = new Builder();
    const turned = b.transpose(b.input('data', 'x', [3, 4], 'f32'), [1, 0]);
    expect(accessOf(turned, anywhere)).toMatchObject({ source: turned, strides: [3, 1] });
  });

  it('takes a reshaped array as it is in memory, and a reshaped view as it is once copied', () => {
    const b = new Builder();
    const x = b.input('data', 'x', [6, 4], 'f32');
    const folded = b.reshape(x, [2, 3, 4]);
    expect(accessOf(folded, anywhere)).toMatchObject({ source: x, strides: [12, 4, 1] });
    const cut = b.slice(x, [0, 0], [6, 2]);
    const flat = b.reshape(cut, [12]);
    expect(accessOf(flat, anywhere)).toMatchObject({ source: cut, strides: [1], same: false });
  });
});
