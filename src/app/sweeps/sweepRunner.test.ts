import { beforeEach, describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import type { Diagnostic } from '../../core/diagnostic';
import { NO_CURVE } from '../../runs/runRecord';
import type { WholeRun } from '../../runs/runFile';
import type { SweepDefinition } from '../../runs/sweepDefinition';
import type { TrialAnswer, TrialRequest } from '../../../workers/protocol';
import { settled } from '../run/testing/runFixture';
import { SweepRunner, type TrialPort } from './sweepRunner';

const SWEEP: SweepDefinition = {
  id: 's',
  name: 'Sweep',
  created: 0,
  document: sketchDocument({
    nodes: { digits: 'data.digits', encoder: 'module.mlp' },
    edges: ['digits.x -> encoder.in'],
  }),
  engine: 'tfjs',
  steps: 100,
  axes: [{ target: 'encoder', parameter: 'width', label: 'Width', values: [1, 2, 3, 4, 5] }],
  seeds: 1,
  order: 'grid',
  trials: null,
};

const ANSWER: TrialAnswer = {
  outcome: {
    step: 100,
    series: [],
    curve: { head: NO_CURVE, columns: [] },
    report: null,
    state: new Map(),
    fault: null,
    engine: {
      name: 'tfjs',
      badge: 'TF.js',
      backend: 'wasm',
      description: '',
      software: false,
      runsKernels: false,
    },
  },
  diagnostics: [],
};

/** Answers when the test says so. */
class FakePort implements TrialPort {
  isEnded = false;
  request: TrialRequest | null = null;
  step: (step: number) => void = () => undefined;
  private settle: (answer: TrialAnswer) => void = () => undefined;

  run(request: TrialRequest, onStep: (step: number) => void): Promise<TrialAnswer> {
    this.request = request;
    this.step = onStep;
    return new Promise((resolve) => (this.settle = resolve));
  }

  terminate(): void {
    this.isEnded = true;
  }

  async answer(answer = ANSWER): Promise<void> {
    this.settle(answer);
    await settled();
  }

  get width(): unknown {
    return this.request?.document.nodes.find(({ id }) => id === 'encoder')?.params['width'];
  }
}

let ports: FakePort[];
let kept: WholeRun[];
let ends: (Diagnostic | null)[];
let hasRoom: boolean;
let now: number;

function runner(finished: readonly number[] = [], workers = 2): SweepRunner {
  const made = new SweepRunner({
    sweep: SWEEP,
    registry,
    finished: new Set(finished),
    workers,
    connect: () => {
      const port = new FakePort();
      ports.push(port);
      return port;
    },
    keep: (run) => {
      if (hasRoom) kept.push(run);
      return Promise.resolve(hasRoom);
    },
    onProgress: () => undefined,
    onEnd: (fault) => ends.push(fault),
    now: () => now,
  });
  made.start();
  return made;
}

const trials = (): (number | undefined)[] => kept.map(({ record }) => record.trial?.trial);

beforeEach(() => {
  ports = [];
  kept = [];
  ends = [];
  hasRoom = true;
  now = 0;
});

describe('SweepRunner', () => {
  it('trains what is left, several at once, each in its turn', async () => {
    runner([1]);
    expect(ports.map(({ width }) => width)).toEqual([1, 3]);
    await ports[1]?.answer();
    expect(ports[1]?.width).toBe(4);
    await ports[0]?.answer();
    await ports[1]?.answer();
    expect(ends).toEqual([]);
    await ports[0]?.answer();
    expect(trials()).toEqual([2, 0, 3, 4]);
    expect(ends).toEqual([null]);
    expect(ports.every(({ isEnded }) => isEnded)).toBe(true);
    expect(kept[0]?.record).toMatchObject({ id: 's-3', name: 'Width 3', status: 'done' });
  });

  it('has no more workers than trials, and none to do is done', () => {
    runner([0, 1, 2, 3], 4);
    expect(ports).toHaveLength(1);
    runner([0, 1, 2, 3, 4]);
    expect(ends).toEqual([null]);
  });

  it('says how long it will take', async () => {
    const sweep = runner([], 1);
    expect(sweep.timeLeft).toBeNull();
    now = 1000;
    await ports[0]?.answer();
    ports[0]?.step(50);
    now = 1500;
    // 1.5 trials in 1500 ms, and 3.5 to come.
    expect(sweep.timeLeft).toBeCloseTo(3500, 6);
    expect(sweep.underWay).toBe(0.5);
  });

  it('keeps nothing after it was stopped', async () => {
    const sweep = runner();
    sweep.stop();
    await ports[0]?.answer();
    expect(kept).toEqual([]);
    expect(ends).toEqual([]);
  });

  it('keeps a trial whose graph is at fault as one that failed, and goes on', async () => {
    runner([2, 3, 4], 1);
    const message = 'No room for it.';
    const diagnostics = [{ code: 'run.out-of-memory', severity: 'error', message }] as const;
    await ports[0]?.answer({ outcome: null, diagnostics });
    await ports[0]?.answer();
    expect(kept.map(({ record }) => [record.status, record.fault])).toEqual([
      ['failed', message],
      ['done', null],
    ]);
  });

  it('rests when the engine is not there, or nothing can be kept', async () => {
    runner([], 1);
    const lost = { code: 'run.engine-unavailable', severity: 'error', message: 'None.' } as const;
    await ports[0]?.answer({ outcome: null, diagnostics: [lost] });
    expect(ends).toEqual([lost]);
    expect(kept).toEqual([]);
    hasRoom = false;
    runner([], 1);
    await ports[1]?.answer();
    expect(ends).toEqual([lost, null]);
  });
});
