import { describe, expect, it } from 'vitest';
import type { OpKind } from '../../src/ir/types';
import { verifyProgram } from '../../src/ir/verify';
import { createReferenceEngine } from '../../src/engine/reference/referenceEngine';
import { randomProgram } from './randomProgram';

const PROGRAMS = Array.from({ length: 150 }, (_, seed) => randomProgram(seed));

describe('randomProgram', () => {
  it('makes valid programs with moderate, finite values', async () => {
    const engine = createReferenceEngine();
    for (const { program, data, steps, name } of PROGRAMS) {
      verifyProgram(program);
      const executable = await engine.compile(program, data);
      await executable.run(steps);
      for (const array of (await executable.readOutputs()).values()) {
        for (const value of array) expect(Math.abs(value), name).toBeLessThan(100);
      }
    }
  });

  it('uses most of the op set, and is a function of the seed', () => {
    const kinds = new Set(
      PROGRAMS.flatMap(({ program }) => program.phases.flatMap(({ values }) => values)).map(
        ({ kind }) => kind,
      ),
    );
    const expected: readonly OpKind[] = [
      'unary', 'binary', 'compare', 'select', 'cast', 'reshape', 'transpose', 'broadcast', 'slice', 'pad',
      'concat', 'reduce', 'dot', 'gather', 'scatterAdd', 'random', 'carried', 'iteration',
    ]; // prettier-ignore
    for (const kind of expected) expect(kinds).toContain(kind);
    expect([...randomProgram(7).data.values()]).toEqual([...randomProgram(7).data.values()]);
  });
});
