import { defined, invariant } from '../../core/invariant';
import { RING_CAPACITY } from '../../ir/metricsRing';
import { elementCount, type DType, type Phase, type Program, type Value } from '../../ir/types';
import type { Executable, HostArray, HostArrays, MetricRows } from '../engine';
import { initialState } from '../initialState';
import { evaluate, type RuleContext } from './rules';

/** One step after another in float64, value by value in program order. */
export class ReferenceExecutable implements Executable {
  readonly ringCapacity = RING_CAPACITY;
  private readonly data: ReadonlyMap<string, Float64Array>;
  private readonly state = new Map<string, Float64Array>();
  private readonly live = new Map<string, number>();
  private outputs = new Map<string, Float64Array>();
  private rows: number[][] = [];
  private nextStep = 0;

  constructor(
    private readonly program: Program,
    data: HostArrays,
  ) {
    this.data = new Map(
      program.data.map(({ name, shape }) => {
        const array = defined(data.get(name), `data ${name}`);
        invariant(array.length === elementCount(shape), `data ${name} has the length of its shape`);
        return [name, Float64Array.from(array)];
      }),
    );
    this.placeState();
    for (const { name, initial } of program.live) this.live.set(name, initial);
  }

  get step(): number {
    return this.nextStep;
  }

  run(steps: number): Promise<void> {
    for (let i = 0; i < steps; i++) this.runStep();
    return Promise.resolve();
  }

  drainMetrics(): Promise<MetricRows> {
    const rows = this.rows;
    this.rows = [];
    return Promise.resolve({
      names: [...this.program.metrics.keys()],
      firstStep: this.nextStep - rows.length,
      rows: rows.length,
      values: Float64Array.from(rows.flat()),
    });
  }

  setLive(values: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(values)) {
      if (this.live.has(name)) this.live.set(name, value);
    }
  }

  readState(names?: readonly string[]): Promise<Map<string, HostArray>> {
    const wanted = this.program.state.filter(({ name }) => names?.includes(name) ?? true);
    return Promise.resolve(
      new Map(
        wanted.map(({ name, dtype }) => [
          name,
          hostArray(defined(this.state.get(name), `state ${name}`), dtype),
        ]),
      ),
    );
  }

  writeState(arrays: HostArrays, step?: number): void {
    for (const [name, array] of arrays) {
      const current = defined(this.state.get(name), `state ${name}`);
      invariant(array.length === current.length, `state ${name} keeps its length`);
      current.set(array);
    }
    if (step !== undefined) this.nextStep = step;
  }

  readOutputs(names?: readonly string[]): Promise<Map<string, HostArray>> {
    const wanted = [...this.program.outputs].filter(([name]) => names?.includes(name) ?? true);
    return Promise.resolve(
      new Map(
        wanted.map(([name, { dtype }]) => [
          name,
          hostArray(defined(this.outputs.get(name), `output ${name}, before any step,`), dtype),
        ]),
      ),
    );
  }

  dispose(): void {
    this.state.clear();
    this.outputs.clear();
    this.rows = [];
  }

  /** The members of a pack are parts of its array, so that what is written to either is in both. */
  private placeState(): void {
    const specs = new Map(this.program.state.map((spec) => [spec.name, spec]));
    for (const { name, members } of this.program.packs ?? []) {
      const parts = members.map((member) => initialState(defined(specs.get(member), member)));
      const whole = Float64Array.from(parts.flatMap((part) => [...part]));
      this.state.set(name, whole);
      let start = 0;
      parts.forEach((part, index) => {
        const end = start + part.length;
        this.state.set(defined(members[index], 'member'), whole.subarray(start, end));
        start = end;
      });
    }
    for (const spec of specs.values()) {
      if (!this.state.has(spec.name)) {
        this.state.set(spec.name, Float64Array.from(initialState(spec)));
      }
    }
  }

  private runStep(): void {
    const known = new Map<number, Float64Array>();
    const lookUp = (value: Value): Float64Array =>
      defined(known.get(value.id), `%${value.id} (${value.kind})`);
    const context = this.context(new Map(), new Map());
    for (const phase of this.program.phases) runPhase(phase, known, lookUp, context);

    this.outputs = mapValues(this.program.outputs, (value) => lookUp(value).slice());
    const metrics = [...this.program.metrics.values()];
    this.rows.push(metrics.map((value) => lookUp(value)[0] as number));
    if (this.rows.length > RING_CAPACITY) this.rows.shift();
    // All new state is found before any is written: updates may read each other's old values.
    const updates = mapValues(this.program.updates, (value) => lookUp(value).slice());
    for (const [name, array] of updates) defined(this.state.get(name), `state ${name}`).set(array);
    this.nextStep++;
  }

  private context(
    iterations: Map<number, number>,
    carried: Map<string, Float64Array>,
  ): StepContext {
    return {
      iterations,
      carriedArrays: carried,
      input: (role, name) => {
        switch (role) {
          case 'data':
            return defined(this.data.get(name), `data ${name}`);
          case 'state':
            return defined(this.state.get(name), `state ${name}`);
          case 'live':
            return Float64Array.of(defined(this.live.get(name), `live scalar ${name}`));
          case 'step':
            return Float64Array.of(this.nextStep);
        }
      },
      iteration: (repeat) => defined(iterations.get(repeat), `iteration of repeat ${repeat}`),
      carried: (repeat, index) => defined(carried.get(`${repeat}.${index}`), 'carried value'),
      repeatResult: (repeat, index) => defined(carried.get(`${repeat}.${index}`), 'repeat result'),
    };
  }
}

interface StepContext extends RuleContext {
  readonly iterations: Map<number, number>;
  /** Carried values by `repeat.index`; after the last iteration they are the results. */
  readonly carriedArrays: Map<string, Float64Array>;
}

function runPhase(
  phase: Phase,
  known: Map<number, Float64Array>,
  lookUp: (value: Value) => Float64Array,
  context: StepContext,
): void {
  const compute = (value: Value): void => {
    known.set(value.id, evaluate(value, value.operands.map(lookUp), context));
  };
  if (phase.kind === 'block') {
    phase.values.forEach(compute);
    return;
  }
  const { id, count, carried, values } = phase;
  const carry = (arrays: readonly Float64Array[]): void =>
    arrays.forEach((array, index) => context.carriedArrays.set(`${id}.${index}`, array));
  carry(carried.map(({ initial }) => lookUp(initial)));
  for (let number = 0; number < count; number++) {
    context.iterations.set(id, number);
    values.forEach(compute);
    carry(carried.map(({ next }) => lookUp(next)));
  }
  carried.forEach(({ result }) => compute(result));
}

function mapValues(
  values: ReadonlyMap<string, Value>,
  lookUp: (value: Value) => Float64Array,
): Map<string, Float64Array> {
  return new Map([...values].map(([name, value]) => [name, lookUp(value)]));
}

/** A copy of its own; indices and masks as whole numbers. */
function hostArray(array: Float64Array, dtype: DType): HostArray {
  return dtype === 'f32' ? array.slice() : Int32Array.from(array);
}
