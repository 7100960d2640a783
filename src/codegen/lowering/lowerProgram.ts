import { elementCount, type Program, type RepeatPhase, type Value } from '../../ir/types';
import { whole, type HostView, type Ref } from '../plan';
import type { LoweredSection } from './loweredKernel';
import type { LoweringContext } from './loweringContext';
import { placeInputs, placeSource, type InputPlaces } from './placeInputs';
import { WriteBack } from './writeBack';

/** A program as kernels before fusion. */
export interface LoweredProgram {
  readonly sections: readonly LoweredSection[];
  readonly inputs: InputPlaces;
  readonly outputs: ReadonlyMap<string, HostView>;
  /** Null when there are no metrics. */
  readonly ring: Ref | null;
}

/** Lowers the materialised values of a program, phase by phase, and writes its results back. */
export function lowerProgram(
  program: Program,
  materialised: ReadonlySet<Value>,
  lowering: LoweringContext,
  ringCapacity: number,
): LoweredProgram {
  const { places, index } = lowering;
  const inputs = placeInputs(program, places);
  const writeBack = new WriteBack(program, lowering);
  const sections: LoweredSection[] = [];

  const lowerValues = (values: readonly Value[], section: LoweredSection): void => {
    for (const value of values) {
      placeSource(value, inputs, places);
      // Splitting an earlier expression may have given it a place already.
      if (materialised.has(value) && !places.refOf(value)) {
        section.kernels.push(...lowering.lower(value));
      }
    }
  };

  const lowerRepeat = (phase: RepeatPhase): void => {
    const before: LoweredSection = { count: 1, kernels: [] };
    const body: LoweredSection = { count: phase.count, kernels: [] };
    sections.push(before, body);
    const counter = places.scalar('i32');
    places.put(phase.iteration, counter);
    const carried = phase.carried.map((item) => {
      const name = `%${item.parameter.id}`;
      const { dtype, shape } = item.parameter;
      const storage = places.create('temporary', name, dtype, elementCount(shape));
      places.put(item.parameter, whole(storage));
      before.kernels.push(lowering.copy(item.initial, whole(storage), `initial ${name}`));
      return { ...item, storage };
    });
    lowerValues(phase.values, body);
    writeBack.carried(carried, body);
    carried.forEach(({ result, storage }) => places.put(result, whole(storage)));
    if (!index.consumers.has(phase.iteration)) return;
    body.kernels.push(
      lowering.kernel('counter', null, 'iteration', {
        kind: 'elementwise',
        count: 1,
        body: (w, at) => {
          const next = w.let(`${w.load(counter, at)} + 1`);
          w.store(counter, at, `select(${next}, 0, ${next} == ${phase.count})`);
        },
      }),
    );
  };

  for (const phase of program.phases) {
    if (phase.kind === 'repeat') {
      lowerRepeat(phase);
    } else {
      const section: LoweredSection = { count: 1, kernels: [] };
      sections.push(section);
      lowerValues(phase.values, section);
    }
  }

  const outputs = writeBack.outputs(sections);
  writeBack.metrics(inputs.metrics, sections);
  writeBack.updates(inputs.state, sections);
  writeBack.initials(sections);
  const ring = writeBack.finishStep(
    { metricRefs: inputs.metrics, step: inputs.step, ringCapacity },
    sections,
  );
  return { sections, inputs, outputs, ring };
}
