import { portKey, type PortKey, type PortReference } from '../compiler/graph/graph';
import { ENERGY_AT, type EnergyAtProgram } from '../compiler/programs/compileEnergyAt';
import { defined, invariant } from '../core/invariant';
import type { Engine, Executable, HostArray, HostArrays } from '../engine/engine';
import { fittingState } from '../engine/fittingState';
import { initialState } from '../engine/initialState';

/** Rows of each port in row-major order. */
export type PortRows = ReadonlyMap<PortKey, ArrayLike<number>>;

export interface FieldValues {
  /** F at each point. */
  readonly energy: Float64Array;
  /** Of a port that the program was made to differentiate by: a row for each point. */
  slope(port: PortReference): Float64Array;
  /** Of a port that the program was made to read: a row for each point. */
  value(port: PortReference): Float64Array;
  /** The same after one of the parts of inference that the program was made to look after, by its place among them. */
  valueAfter(port: PortReference, place: number): Float64Array;
}

/** F as a function of points, on an engine: as many of them as one likes, in runs of as many as the program takes. */
export class EnergyField {
  /** What weights and statistics are before any training, as far as it was asked for. */
  private readonly initial = new Map<string, HostArray>();

  private constructor(
    private readonly compiled: EnergyAtProgram,
    private readonly executable: Executable,
  ) {}

  /** Engine failures throw. */
  static async create(compiled: EnergyAtProgram, engine: Engine): Promise<EnergyField> {
    return new EnergyField(compiled, await engine.compile(compiled.program, new Map()));
  }

  /** Weights and statistics; what they lack, and all where they are null, is as at the start of a training. */
  setModel(state: HostArrays | null): void {
    const { program, given, held } = this.compiled;
    const model = fittingState(program, state ?? new Map<string, HostArray>());
    const written = new Set([...given, ...held].map((port) => port.state));
    for (const spec of program.state) {
      if (model.has(spec.name) || written.has(spec.name)) continue;
      const initial = this.initial.get(spec.name) ?? initialState(spec);
      this.initial.set(spec.name, initial);
      model.set(spec.name, initial);
    }
    this.executable.writeState(model);
  }

  /** Live scalars that differ from the document's. */
  setLive(values: Readonly<Record<string, number>>): void {
    this.executable.setLive(values);
  }

  /** One row for each port that is held. */
  hold(samples: PortRows): void {
    const arrays = this.compiled.held.map(({ key, size, state }) => {
      const sample = defined(samples.get(key), `sample of ${key}`);
      invariant(sample.length === size, `${key} has ${size} numbers`);
      return [state, Float32Array.from(sample)] as const;
    });
    this.executable.writeState(new Map(arrays));
  }

  /** `points`: rows of each given port, as many of each. One call at a time. */
  async at(points: PortRows): Promise<FieldValues> {
    const { given, rows } = this.compiled;
    const [first] = given;
    const count = first ? defined(points.get(first.key), first.key).length / first.size : 0;
    const parts: { readonly rows: number; readonly outputs: HostArrays }[] = [];
    for (let start = 0; start < count; start += rows) {
      const end = Math.min(start + rows, count);
      const arrays = given.map(({ key, size, state }) => {
        const all = defined(points.get(key), `points of ${key}`);
        invariant(all.length === count * size, `${key} has a row for each point`);
        // The last run repeats its last point, so that no row is far from anything.
        return [
          state,
          Float32Array.from({ length: rows * size }, (_, index) => {
            const row = Math.min(start + Math.floor(index / size), end - 1);
            return all[row * size + (index % size)] ?? NaN;
          }),
        ] as const;
      });
      // The step is part of random numbers: each run draws the same ones.
      this.executable.writeState(new Map(arrays), 0);
      await this.executable.run(1);
      parts.push({ rows: end - start, outputs: await this.executable.readOutputs() });
    }
    const joined = (name: string): Float64Array =>
      Float64Array.from(
        parts.flatMap((part) => {
          const values: HostArray = defined(part.outputs.get(name), `output ${name}`);
          return [...values.subarray(0, (values.length / rows) * part.rows)];
        }),
      );
    return {
      energy: joined(ENERGY_AT.energy),
      slope: ({ nodeId, port }) => joined(ENERGY_AT.slope(portKey(nodeId, port))),
      value: ({ nodeId, port }) => joined(ENERGY_AT.value(portKey(nodeId, port))),
      valueAfter: ({ nodeId, port }, place) =>
        joined(ENERGY_AT.valueAfter(portKey(nodeId, port), place)),
    };
  }

  dispose(): void {
    this.executable.dispose();
  }
}
