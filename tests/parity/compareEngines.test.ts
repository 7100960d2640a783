import { describe, expect, it } from 'vitest';
import type { Engine, Executable, HostArray } from '../../src/engine/engine';
import { createReferenceEngine } from '../../src/engine/reference/referenceEngine';
import { compareEngines, describeReport } from './compareEngines';
import { ParityDraft, type ParityCase } from './parityCase';

const reference = createReferenceEngine();

/** The reference engine with one result changed on the way out. */
function faulty(change: (name: string, array: HostArray) => HostArray): Engine {
  const changed = (arrays: Map<string, HostArray>): Map<string, HostArray> =>
    new Map([...arrays].map(([name, array]) => [name, change(name, array)]));
  return {
    ...reference,
    compile: async (program, data): Promise<Executable> => {
      const executable = await reference.compile(program, data);
      return {
        step: 0,
        ringCapacity: executable.ringCapacity,
        run: (steps) => executable.run(steps),
        setLive: (values) => executable.setLive(values),
        writeState: (arrays, step) => executable.writeState(arrays, step),
        dispose: () => executable.dispose(),
        readState: async (names) => changed(await executable.readState(names)),
        readOutputs: async (names) => changed(await executable.readOutputs(names)),
        drainMetrics: async () => {
          const rows = await executable.drainMetrics();
          return { ...rows, values: Float64Array.from(change('metrics', rows.values)) };
        },
      };
    },
  };
}

function example(): ParityCase {
  const draft = new ParityDraft('example', [], 1);
  const { builder } = draft;
  const weight = draft.state('w', [3], { kind: 'constant', value: 2 });
  const next = builder.mul(weight, 2);
  draft.update('w', next);
  draft.metric('sum', builder.sum(next));
  draft.output(next, 'y');
  draft.output(builder.cast(next, 'i32'), 'indices');
  return draft.finish({ steps: 3, relativeTolerance: 1e-3, absoluteTolerance: 1e-6 });
}

const added =
  (target: string, amount: number) =>
  (name: string, array: HostArray): HostArray =>
    name === target ? array.map((value, i) => (i === 1 ? value + amount : value)) : array;

describe('compareEngines', () => {
  it('finds an engine equal to itself', async () => {
    const report = await compareEngines(reference, reference, example());
    expect(report).toMatchObject({ agrees: true, excess: 0, maxAbsolute: 0, worst: null });
  });

  it('allows what the tolerance allows', async () => {
    const report = await compareEngines(reference, faulty(added('y', 0.008)), example());
    expect(report.agrees).toBe(true);
    expect(report.maxAbsolute).toBeCloseTo(0.008, 12);
    expect(report.maxRelative).toBeCloseTo(0.0005, 12);
  });

  it.each([
    ['y', 0.1, 'output y'],
    ['w', -0.1, 'state w'],
    ['metrics', 1, 'metric sum'],
    ['y', NaN, 'output y'],
    ['y', Infinity, 'output y'],
    // Within the relative tolerance, but indices are exact.
    ['indices', 1, 'output indices'],
  ])('sees %s off by %d', async (target, amount, of) => {
    const report = await compareEngines(reference, faulty(added(target, amount)), example());
    expect(report.agrees).toBe(false);
    expect(report.worst).toMatchObject({ of, index: 1 });
    expect(describeReport(report)).toContain(of);
  });

  it('sees a missing element', async () => {
    const shorter = faulty((name, array) => (name === 'y' ? array.slice(0, 2) : array));
    expect((await compareEngines(reference, shorter, example())).agrees).toBe(false);
  });
});
