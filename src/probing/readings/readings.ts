import type { Analysis } from '../../compiler/analysis/analysis';
import { portKey, type PortKey, type PortReference } from '../../compiler/graph/graph';
import { compileReadings, type ReadingsProgram } from '../../compiler/programs/compileReadings';
import { defined } from '../../core/invariant';
import { success, type Result } from '../../core/result';
import type { Executable } from '../../engine/engine';
import { fittingState } from '../../engine/fittingState';
import { initialState } from '../../engine/initialState';
import { HeldOutData } from '../landscape/heldOutData';
import type { LandscapeModel, LandscaperOptions } from '../landscape/landscapeModel';

/** Values of some ports for held-out samples, as many as one likes, for as many snapshots as come. One call at a time. */
export class Readings {
  private constructor(
    private readonly compiled: ReadingsProgram,
    private readonly data: HeldOutData,
    private readonly executable: Executable,
  ) {}

  /** Fails with the errors of the analysis, or when data cannot be loaded. Engine failures throw. */
  static async create(
    analysis: Analysis,
    ports: readonly PortReference[],
    options: LandscaperOptions,
    given: readonly PortReference[] = [],
  ): Promise<Result<Readings>> {
    const compiled = compileReadings(analysis, ports, given);
    if (!compiled.ok) return compiled;
    const data = await HeldOutData.load(analysis, compiled.value.observed, options);
    if (!data.ok) return data;
    const executable = await options.engine.compile(compiled.value.program, new Map());
    return success(new Readings(compiled.value, data.value, executable));
  }

  /** Held-out samples; infinitely many where the graph observes nothing. */
  get count(): number {
    return Math.min(...this.compiled.observed.map((port) => this.data.countOf(port)), Infinity);
  }

  /** `samples`: their numbers; `given`: as many rows of each port whose values are. By the key of each port, one row a sample. */
  async at(
    { snapshot, live }: LandscapeModel,
    samples: readonly number[],
    given: ReadonlyMap<PortKey, Float32Array> = new Map(),
  ): Promise<ReadonlyMap<PortKey, Float32Array>> {
    const { program, rows, read, observed, given: chosen } = this.compiled;
    const initial = new Map(program.state.map((spec) => [spec.name, initialState(spec)]));
    const trained = snapshot ? fittingState(program, snapshot.state) : [];
    this.executable.writeState(new Map([...initial, ...trained]), 0);
    this.executable.setLive(live);
    const parts: (readonly [PortKey, Float32Array])[] = [];
    for (let start = 0; start < samples.length; start += rows) {
      const part = samples.slice(start, start + rows);
      const last = part.at(-1) ?? 0;
      // The last run repeats its last sample, so that inference finds nothing unheard-of.
      const filled = Array.from({ length: rows }, (_, row) => part[row] ?? last);
      const written = observed.map((port) => {
        const [, values] = this.data.rowsOf(port, filled);
        return [port.state, values] as const;
      });
      // The step is part of random numbers: each run draws the same ones.
      const set = chosen.map(({ key, size, state }) => {
        const all = defined(given.get(key), `values of ${key}`);
        return [state, filledRows(all, size, start, part.length, rows)] as const;
      });
      this.executable.writeState(new Map([...written, ...set]), 0);
      await this.executable.run(1);
      const outputs = await this.executable.readOutputs();
      for (const port of read) {
        const key = portKey(port.nodeId, port.port);
        const values = Float32Array.from(defined(outputs.get(key), `output ${key}`));
        parts.push([key, values.subarray(0, (values.length / rows) * part.length)]);
      }
    }
    return new Map(
      read.map(({ nodeId, port }) => {
        const key = portKey(nodeId, port);
        return [key, joined(parts.filter(([of]) => of === key).map(([, values]) => values))];
      }),
    );
  }

  dispose(): void {
    this.executable.dispose();
  }
}

/** `count` rows from `start` on, and the last of them again until there are enough. */
function filledRows(
  all: Float32Array,
  size: number,
  start: number,
  count: number,
  rows: number,
): Float32Array {
  return Float32Array.from({ length: rows * size }, (_, at) => {
    const row = start + Math.min(Math.floor(at / size), count - 1);
    return all[row * size + (at % size)] ?? NaN;
  });
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
