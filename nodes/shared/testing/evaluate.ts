import { defined } from '../../../src/core/invariant';
import { createReferenceEngine } from '../../../src/engine/reference/referenceEngine';
import { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import type { TestArray } from './tensor';

/** Numbers of a value that is made of constants, in float64. */
export async function evaluate(make: (builder: Builder) => Value): Promise<TestArray> {
  const builder = new Builder();
  const value = make(builder);
  const program = {
    data: [],
    state: [],
    live: [],
    phases: builder.takePhases(),
    updates: new Map(),
    metrics: new Map(),
    outputs: new Map([['value', value]]),
  };
  const executable = await createReferenceEngine().compile(program, new Map());
  await executable.run(1);
  const values = defined((await executable.readOutputs()).get('value'), 'value');
  executable.dispose();
  return { shape: value.shape, values: Array.from(values) };
}

/** A test array as a constant of a program. */
export function constantOf(builder: Builder, { shape, values }: TestArray): Value {
  return builder.literal(values, shape);
}
