import { energyRbm } from '../../nodes/energy/rbm/definition';
import { runNode } from '../../nodes/shared/testing/runNode';
import { tensor } from '../../nodes/shared/testing/tensor';
import { defined } from '../../src/core/invariant';
import type { EngineInfo, HostArray } from '../../src/engine/engine';
import { compareEngines, type ParityReport } from '../../tests/parity/compareEngines';
import { opCases } from '../../tests/parity/opCases';
import { ParityDraft, type ParityCase } from '../../tests/parity/parityCase';
import { randomProgram } from '../../tests/parity/randomProgram';
import { createReferenceEngine } from '../../src/engine/reference/referenceEngine';
import {
  createWebGPUEngine,
  type WebGPUEngine,
  type WebGPUOptions,
} from '../../src/engine/webgpu/createWebGPUEngine';
import type { UnaryOp } from '../../src/ir/types';

export interface WebGPURequest {
  readonly cases: 'ops' | 'random' | 'functions';
  /** Which kernels: those for GPUs, or those for software adapters. */
  readonly cooperative: boolean;
  /** Whether threads share loads, where they can; they do by default. */
  readonly subgroups?: boolean;
  /** Whether kernels are fused. */
  readonly fused?: boolean;
}

export interface WebGPUParity {
  readonly info: EngineInfo;
  readonly reports: readonly ParityReport[];
}

const RANDOM_PROGRAMS = 60;

async function makeEngine(options: WebGPUOptions = {}): Promise<WebGPUEngine> {
  const made = await createWebGPUEngine(options);
  if (!made.ok) throw new Error(made.diagnostics.map(({ message }) => message).join('\n'));
  return made.value;
}

/** Compares the compiled engine with the reference engine. */
export async function compareWebGPU({
  cases,
  cooperative,
  subgroups,
  fused = true,
}: WebGPURequest): Promise<WebGPUParity> {
  const engine = await makeEngine({
    cooperative,
    fused,
    ...(subgroups === undefined ? {} : { subgroups }),
  });
  const reference = createReferenceEngine();
  const reports: ParityReport[] = [];
  for (const parityCase of chooseCases(cases)) {
    reports.push(await compareEngines(reference, engine, parityCase));
  }
  engine.dispose();
  return { info: engine.info, reports };
}

function chooseCases(cases: WebGPURequest['cases']): readonly ParityCase[] {
  switch (cases) {
    case 'ops':
      return opCases(1);
    case 'random':
      return Array.from({ length: RANDOM_PROGRAMS }, (_, seed) => randomProgram(seed + 1));
    case 'functions':
      return functionCases();
  }
}

/** Where each function is swept, and the relative error that is allowed: a few ulp of float32 (1 ulp ≈ 1.2e-7). */
const SWEEPS: Readonly<
  Partial<Record<UnaryOp, { readonly from: number; readonly to: number; readonly error: number }>>
> = {
  log: { from: 0.4, to: 2.5, error: 4e-7 },
  tanh: { from: -9, to: 9, error: 1e-6 },
  sigmoid: { from: -60, to: 60, error: 1e-5 },
  softplus: { from: -60, to: 60, error: 1e-5 },
  erf: { from: -3.9, to: 3.9, error: 2e-6 },
  sin: { from: -30, to: 30, error: 1e-6 },
  cos: { from: -30, to: 30, error: 1e-6 },
};

/** The functions that WGSL itself gives with fewer digits, densely; and powers near 1, as Adam's corrections take. */
function functionCases(): ParityCase[] {
  const count = 20_000;
  const sweeps = Object.entries(SWEEPS).map(([op, { from, to, error }]) => {
    const draft = new ParityDraft(op, ['unary'], 1);
    const x = draft.input([count], (_, index) => from + ((to - from) * (index + 0.5)) / count);
    draft.output(draft.builder.unary(op as UnaryOp, x));
    // Around a zero of the function an error relative to the argument is all one can ask.
    return draft.finish({
      relativeTolerance: error,
      absoluteTolerance: op === 'sin' || op === 'cos' ? error : 1e-30,
    });
  });
  const powers = new ParityDraft('powers', ['binary'], 1);
  const { builder } = powers;
  const exponent = powers.input([2000], (_, index) => index + 1);
  powers.output(builder.binary('pow', Math.fround(0.999), exponent));
  powers.output(
    builder.binary(
      'pow',
      powers.input([2000], (r) => r.uniform() * 4 - 2),
      3,
    ),
  );
  return [...sweeps, powers.finish({ relativeTolerance: 2e-6, absoluteTolerance: 1e-30 })];
}

function training(): ParityCase {
  return defined(
    opCases(1).find(({ name }) => name.includes('least squares')),
    'a training program',
  );
}

function words(array: HostArray): string {
  return new Uint32Array(array.buffer, array.byteOffset, array.byteLength / 4).join();
}

/** F, ∂F/∂W and ∂F/∂y of one visible and one hidden unit, both on, at W = 100, where e^W is beyond float32. */
export async function largeWeight(): Promise<readonly number[]> {
  const engine = await makeEngine();
  const { outputs, weightGradients, gradients } = await runNode(energyRbm, {
    inputs: { y: tensor([[1]]) },
    params: { units: 1 },
    weights: { weight: [100], visibleBias: [0], hiddenBias: [0] },
    gradientOf: 'energy',
    engine,
  });
  engine.dispose();
  return [outputs['energy'], weightGradients['weight'], gradients['y']?.[0]].flatMap((array) => [
    ...defined(array, 'result').values,
  ]);
}

/** The bits of all state, outputs and metrics after some steps, from two engines. */
export async function runTwice(): Promise<[string[], string[]]> {
  const run = async (): Promise<string[]> => {
    const engine = await makeEngine();
    const bits: string[] = [];
    for (const { program, data } of [training(), ...chooseCases('random').slice(0, 10)]) {
      const executable = await engine.compile(program, data);
      // Differently cut into calls, and so into submits.
      for (const steps of bits.length % 2 === 0 ? [30] : [1, 22, 7]) await executable.run(steps);
      const arrays = [...(await executable.readState()), ...(await executable.readOutputs())];
      const { values } = await executable.drainMetrics();
      bits.push(arrays.map(([name, array]) => `${name} ${words(array)}`).join('\n'));
      bits.push(Float32Array.from(values).join());
      executable.dispose();
    }
    engine.dispose();
    return bits;
  };
  return [await run(), await run()];
}

export interface CreationReport {
  readonly created: number;
  readonly writes: number;
  readonly submits: number;
  readonly rows: number;
}

/** What 400 steps make and write after a warm-up, with metrics drained four times. */
export async function countCreations(): Promise<CreationReport> {
  const engine = await makeEngine();
  const { program, data } = training();
  const executable = await engine.compile(program, data);
  await executable.run(100);
  await executable.drainMetrics();
  const created = (): number => {
    const { buffersCreated, bindGroupsCreated, pipelinesCreated } = engine.stats;
    return buffersCreated + bindGroupsCreated + pipelinesCreated;
  };
  const before = { ...engine.stats, created: created() };
  let rows = 0;
  for (let round = 0; round < 4; round++) {
    await executable.run(100);
    ({ rows } = await executable.drainMetrics());
  }
  const report = {
    created: created() - before.created,
    writes: engine.stats.writes - before.writes,
    submits: engine.stats.submits - before.submits,
    rows,
  };
  engine.dispose();
  return report;
}

export interface LossReport {
  readonly running: string;
  readonly later: string;
  readonly reason: string;
  /** State as the second device has it, restored from the first one's. */
  readonly restored: boolean;
}

/** Loses the device in the middle of a run, and goes on with the last state on another one. */
export async function loseDevice(): Promise<LossReport> {
  const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'no error');
  const { program, data } = training();
  const first = await makeEngine();
  const executable = await first.compile(program, data);
  await executable.run(5);
  const snapshot = await executable.readState();
  const running = executable.run(100_000).then(() => 'finished', nameOf);
  first.loseDevice();
  const reason = await first.lost;
  const later = await executable.readState().then(() => 'answered', nameOf);

  const second = await makeEngine();
  const again = await second.compile(program, data);
  again.writeState(snapshot, 5);
  const bits = (state: Map<string, HostArray>): string =>
    [...state].map(([name, array]) => `${name} ${words(array)}`).join('\n');
  const restored = bits(await again.readState()) === bits(snapshot) && again.step === 5;
  second.dispose();
  return { running: await running, later, reason, restored };
}
