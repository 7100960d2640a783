import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { randomKey } from '../../core/random';
import { defined } from '../../core/invariant';
import { Builder } from '../../ir/builder';
import type { Program } from '../../ir/types';
import type { Engine, HostArrays } from '../engine';
import { compareEngines, describeReport } from '../../../tests/parity/compareEngines';
import { opCases } from '../../../tests/parity/opCases';
import { ParityDraft, type ParityCase } from '../../../tests/parity/parityCase';
import { randomProgram } from '../../../tests/parity/randomProgram';
import { createReferenceEngine } from '../reference/referenceEngine';
import { createTfjsEngine, engineOn } from './createTfjsEngine';
import { Kernels } from './kernels';
import { loadBackend } from './loadBackend';
import { nodeWasmPaths } from './nodeWasm';

const CASES = opCases(1);
const KEY = randomKey(5, 'test', 'key');

type Setting = 'wasm' | 'wasm without loops' | 'cpu';

async function openEngine(backend: Setting): Promise<Engine> {
  if (backend === 'wasm without loops') {
    const runtime = await loadBackend('wasm', { wasmPaths: nodeWasmPaths() });
    return engineOn({ ...runtime, loops: null });
  }
  const made = await createTfjsEngine({ backend, wasmPaths: nodeWasmPaths() });
  if (!made.ok) throw new Error(made.diagnostics.map(({ message }) => message).join());
  return made.value;
}

async function runCase(engine: Engine, parity: ParityCase): Promise<readonly HostArrays[]> {
  const executable = await engine.compile(parity.program, parity.data);
  await executable.run(parity.steps);
  const { values } = await executable.drainMetrics();
  const results = [
    await executable.readOutputs(),
    await executable.readState(),
    new Map([['metrics', values]]),
  ];
  executable.dispose();
  return results;
}

describe.each(['wasm', 'wasm without loops', 'cpu'] as const)(
  'the tfjs engine on %s',
  (backend) => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await openEngine(backend);
    });
    afterAll(() => engine.dispose());

    it.each(CASES.map((parity) => [parity.name, parity] as const))(
      'agrees with the reference: %s',
      async (_, parity) => {
        const report = await compareEngines(createReferenceEngine(), engine, parity);
        expect(report.agrees, describeReport(report)).toBe(true);
      },
    );

    it('agrees with the reference on random programs', async () => {
      const reference = createReferenceEngine();
      for (let seed = 0; seed < 120; seed++) {
        const report = await compareEngines(reference, engine, randomProgram(seed, 24));
        expect(report.agrees, describeReport(report)).toBe(true);
      }
    });

    it('agrees with the reference on convolutions of more images than are unfolded at once', async () => {
      const draft = new ParityDraft('many images', ['conv2d'], 1);
      const { builder } = draft;
      const x = draft.input([5, 21, 20, 8]);
      const filter = draft.input([3, 3, 8, 6]);
      const geometry = { strides: [1, 2], padding: [[1, 0], [2, 1]] } as const; // prettier-ignore
      const y = builder.conv2d(x, filter, geometry);
      draft.output(y);
      draft.output(builder.conv2dInputGradient(y, filter, x.shape, geometry));
      draft.output(builder.conv2dFilterGradient(x, y, filter.shape, geometry));
      const parity = draft.finish({ relativeTolerance: 1e-4, absoluteTolerance: 1e-2 });
      const report = await compareEngines(createReferenceEngine(), engine, parity);
      expect(report.agrees, describeReport(report)).toBe(true);
    });

    it('gives the same bits in two runs', async () => {
      for (const parity of CASES.filter(({ steps }) => steps > 1)) {
        expect(await runCase(engine, parity), parity.name).toEqual(await runCase(engine, parity));
      }
    });

    it('holds as many tensors after every step, and none after dispose', async () => {
      const kernels = new Kernels(await loadBackend(backend === 'cpu' ? 'cpu' : 'wasm', {}));
      const before = kernels.arrayCount;
      for (const parity of CASES) {
        const executable = await engine.compile(parity.program, parity.data);
        await executable.run(1);
        const afterFirst = kernels.arrayCount;
        const bytes = kernels.loopMemory?.buffer.byteLength;
        await executable.run(1);
        executable.setLive(parity.liveAfterFirstStep ?? {});
        await executable.run(3);
        expect(kernels.arrayCount, parity.name).toBe(afterFirst);
        expect(kernels.loopMemory?.buffer.byteLength, parity.name).toBe(bytes);
        executable.dispose();
        expect(kernels.arrayCount, parity.name).toBe(before);
      }
    });

    it('writes state and the step, and goes on from there', async () => {
      const { program, data } = regression();
      const first = await engine.compile(program, data);
      await first.run(5);
      const saved = await first.readState();
      await first.run(4);
      const second = await engine.compile(program, data);
      second.writeState(saved, first.step - 4);
      await second.run(4);
      expect(second.step).toBe(9);
      expect(await second.readState()).toEqual(await first.readState());
      expect(await second.readState(['none'])).toEqual(new Map());
      const rows = await second.drainMetrics();
      expect([rows.firstStep, rows.rows, rows.names]).toEqual([5, 4, ['loss']]);
      expect((await second.drainMetrics()).rows).toBe(0);
    });

    it('leaves the caller the arrays it was given, and gives copies', async () => {
      const { program, data } = regression();
      const executable = await engine.compile(program, data);
      const weights = new Float32Array(3).fill(0.5);
      executable.writeState(new Map([['w', weights]]));
      weights.fill(9);
      const read = defined((await executable.readState()).get('w'), 'w');
      expect([...read]).toEqual([0.5, 0.5, 0.5]);
      read.fill(7);
      expect([...defined((await executable.readState()).get('w'), 'w')]).toEqual([0.5, 0.5, 0.5]);
    });

    it('refuses state of another length', async () => {
      const { program, data } = regression();
      const executable = await engine.compile(program, data);
      const short = new Map([['w', new Float32Array(2)]]);
      expect(() => executable.writeState(short)).toThrow('2 values for a tensor of shape [3]');
    });

    it('lets others have their turn during a long run', async () => {
      const { program, data } = regression();
      const executable = await engine.compile(program, data);
      // By a clock of its own, on which every look takes 5 ms: a frame is over every few steps, on any machine.
      let time = 0;
      const clock = vi.spyOn(performance, 'now').mockImplementation(() => (time += 5));
      let turns = 0;
      const timer = setInterval(() => turns++, 1);
      await executable.run(4000);
      clearInterval(timer);
      clock.mockRestore();
      expect(turns).toBeGreaterThan(1);
      expect((await executable.drainMetrics()).rows).toBe(4000);
    });

    it('keeps several executables apart', async () => {
      const { program, data } = regression();
      const a = await engine.compile(program, data);
      const b = await engine.compile(program, data);
      await Promise.all([a.run(6), b.run(6)]);
      expect(await a.readState()).toEqual(await b.readState());
      a.dispose();
      await b.run(1);
      await expect(a.run(1)).rejects.toThrow('disposed');
    });
  },
);

describe('createTfjsEngine', () => {
  it('takes wasm when it is free to choose', async () => {
    const made = await createTfjsEngine({ backend: 'auto', wasmPaths: nodeWasmPaths() });
    expect(made.ok && made.value.info.backend).toBe('wasm');
    expect(made.diagnostics).toEqual([]);
  });

  it('says why webgpu cannot run where there is none', async () => {
    const made = await createTfjsEngine({ backend: 'webgpu' });
    expect(made.ok).toBe(false);
    expect(made.diagnostics.map(({ code }) => code)).toEqual(['run.engine-unavailable']);
  });

  it('leaves the handlers of the process alone', async () => {
    const count = (): number[] =>
      (['uncaughtException', 'unhandledRejection'] as const).map((event) =>
        process.listenerCount(event),
      );
    const before = count();
    await openEngine('wasm');
    expect(count()).toEqual(before);
  });
});

/** Least squares on four rows, sampled by the step. */
function regression(): { program: Program; data: HostArrays } {
  const builder = new Builder();
  const step = builder.input('step', 'step', [], 'i32');
  const x = builder.gather(
    builder.input('data', 'x', [4, 3], 'f32'),
    builder.sampleRows(KEY, step, 4, 2),
  );
  const w = builder.input('state', 'w', [3], 'f32');
  const prediction = builder.sum(builder.mul(x, builder.broadcastTo(w, [2, 3])), [1]);
  const error = builder.sub(prediction, 1);
  const gradient = builder.sum(builder.mul(x, builder.broadcast(error, [2, 3], [0])), [0]);
  const loss = builder.mean(builder.square(error));
  const next = builder.sub(w, builder.mul(gradient, 0.1));
  return {
    program: {
      data: [{ name: 'x', shape: [4, 3], dtype: 'f32' }],
      state: [
        {
          name: 'w',
          shape: [3],
          dtype: 'f32',
          initializer: { kind: 'normal', deviation: 1, key: KEY },
          purpose: 'weight',
          origin: null,
        },
      ],
      live: [],
      phases: builder.takePhases(),
      updates: new Map([['w', next]]),
      metrics: new Map([['loss', loss]]),
      outputs: new Map(),
    },
    data: new Map([['x', Float32Array.from({ length: 12 }, (_, index) => Math.sin(index))]]),
  };
}
