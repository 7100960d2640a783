import { invariant } from '../../core/invariant';
import { success } from '../../core/result';
import {
  DeviceLostError,
  type Engine,
  type Executable,
  type HostArrays,
  type MetricRows,
} from '../../engine/engine';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import type { Program } from '../../ir/types';
import type { EngineFactory } from '../engineFactory';

export interface Faults {
  /** Rows of the metrics ring; running past them throws. */
  readonly ringCapacity?: number;
  /** Loses the device of the n-th engine (from 0) while it runs this step. */
  readonly loseAtStep?: readonly (number | null)[];
  /** The n-th call of the factory (from 0) fails. */
  readonly unavailable?: (call: number) => boolean;
}

/** The reference engine with a small ring and a device that gets lost, and a log of what was asked of it. */
export class UnreliableEngines {
  readonly made: Engine[] = [];
  readonly drained: number[] = [];
  readonly runs: number[] = [];
  calls = 0;

  constructor(private readonly faults: Faults = {}) {}

  readonly factory: EngineFactory = () => {
    const call = this.calls++;
    if (this.faults.unavailable?.(call)) {
      return Promise.resolve({
        ok: false,
        diagnostics: [
          { code: 'run.engine-unavailable', severity: 'error', message: 'No adapter.' },
        ],
      });
    }
    const engine = this.make(this.faults.loseAtStep?.[this.made.length] ?? null);
    this.made.push(engine);
    return Promise.resolve(success({ engine, reason: 'It was asked for.' }));
  };

  private make(loseAtStep: number | null): Engine {
    const reference = createReferenceEngine();
    let isLost = false;
    let announce: (reason: string) => void = () => undefined;
    const lost = new Promise<string>((resolve) => (announce = resolve));
    const lose = (reason: string): void => {
      isLost = true;
      announce(reason);
    };
    const check = (): void => {
      if (isLost) throw new DeviceLostError('gone');
    };
    return {
      info: { ...reference.info, name: 'webgpu' },
      lost,
      loseDevice: () => lose('on purpose'),
      dispose: () => undefined,
      compile: async (program: Program, data: HostArrays) => {
        check();
        const inner = await reference.compile(program, data);
        const capacity = this.faults.ringCapacity ?? inner.ringCapacity;
        let rows = 0;
        return {
          get step(): number {
            return inner.step;
          },
          ringCapacity: capacity,
          run: async (steps: number) => {
            check();
            rows += steps;
            this.runs.push(steps);
            invariant(rows <= capacity, `the ring of ${capacity} rows overran`);
            if (loseAtStep !== null && inner.step + steps > loseAtStep) {
              lose('crashed');
              check();
            }
            await inner.run(steps);
          },
          drainMetrics: (): Promise<MetricRows> => {
            check();
            this.drained.push(rows);
            rows = 0;
            return inner.drainMetrics();
          },
          setLive: (values) => inner.setLive(values),
          readState: async (names) => {
            check();
            return inner.readState(names);
          },
          writeState: (arrays, step) => {
            check();
            inner.writeState(arrays, step);
          },
          readOutputs: async (names) => {
            check();
            return inner.readOutputs(names);
          },
          dispose: () => inner.dispose(),
        } satisfies Executable;
      },
    };
  }
}
