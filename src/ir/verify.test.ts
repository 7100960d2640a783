import { describe, expect, it } from 'vitest';
import { defined } from '../core/invariant';
import { opCases } from '../../tests/parity/opCases';
import { Builder } from './builder';
import type { Phase, Program, StateSpec, Value } from './types';
import { verifyProgram } from './verify';

const STATE: StateSpec = {
  name: 'w',
  shape: [2],
  dtype: 'f32',
  initializer: { kind: 'constant', value: 0 },
  purpose: 'weight',
  origin: null,
};

/** Reads w, doubles it in a loop of two iterations, writes it back. */
function sound(): Program & { readonly values: readonly Value[] } {
  const builder = new Builder();
  const w = builder.input('state', 'w', [2], 'f32');
  const rate = builder.input('live', 'rate', [], 'f32');
  const [doubled] = builder.repeat(2, [w], ([now]) => [builder.add(defined(now, 'w'), w)]);
  const result = builder.mul(defined(doubled, 'w'), rate);
  const loss = builder.sum(result);
  const phases = builder.takePhases();
  return {
    data: [],
    state: [STATE],
    live: [{ name: 'rate', initial: 1 }],
    phases,
    updates: new Map([['w', result]]),
    metrics: new Map([['loss', loss]]),
    outputs: new Map(),
    values: phases.flatMap((phase) => phase.values),
  };
}

function find(program: { readonly values: readonly Value[] }, kind: Value['kind']): Value {
  return defined(
    program.values.find((value) => value.kind === kind),
    kind,
  );
}

/** Puts `replacement` where `value` stands, leaving what reads it. */
function replaced(phases: readonly Phase[], value: Value, replacement: readonly Value[]): Phase[] {
  return phases.map((phase) => ({
    ...phase,
    values: phase.values.flatMap((other) => (other === value ? replacement : [other])),
  }));
}

describe('verifyProgram', () => {
  it('accepts what the builder makes', () => {
    expect(() => verifyProgram(sound())).not.toThrow();
    for (const { program } of opCases(2)) expect(() => verifyProgram(program)).not.toThrow();
  });

  it('refuses undeclared inputs, and inputs of another type', () => {
    expect(() => verifyProgram({ ...sound(), state: [] })).toThrow('state input w is not declared');
    expect(() => verifyProgram({ ...sound(), live: [] })).toThrow(
      'live input rate is not declared',
    );
    expect(() => verifyProgram({ ...sound(), state: [{ ...STATE, shape: [3] }] })).toThrow(
      'another type',
    );
  });

  it('refuses names declared twice', () => {
    expect(() => verifyProgram({ ...sound(), state: [STATE, STATE] })).toThrow('state w is declared twice'); // prettier-ignore
  });

  it('refuses values read before or without their definition, and defined twice', () => {
    const program = sound();
    const input = find(program, 'input');
    expect(() =>
      verifyProgram({ ...program, phases: replaced(program.phases, input, []) }),
    ).toThrow('is not defined');
    const twice = replaced(program.phases, input, [input, input]);
    expect(() => verifyProgram({ ...program, phases: twice })).toThrow('defined twice');
    expect(() => verifyProgram({ ...program, phases: [...program.phases].reverse() })).toThrow();
  });

  it('refuses a loop value outside its loop', () => {
    const program = sound();
    const carried = find(program, 'carried');
    expect(() => verifyProgram({ ...program, outputs: new Map([['leak', carried]]) })).toThrow(
      'output leak is not defined after the last phase',
    );
    const inBody = defined(
      program.phases.find((phase) => phase.kind === 'repeat')?.values.at(-1),
      'body value',
    );
    expect(() => verifyProgram({ ...program, updates: new Map([['w', inBody]]) })).toThrow(
      'not defined after the last phase',
    );
  });

  it('refuses a value that breaks its op’s rule', () => {
    const program = sound();
    const sum = find(program, 'reduce');
    const wrong: Value = { ...sum, shape: [2] };
    const phases = replaced(program.phases, sum, [wrong]);
    expect(() => verifyProgram({ ...program, phases, metrics: new Map() })).toThrow(
      'another type than its rule gives',
    );
  });

  it('refuses results of a wrong type', () => {
    const program = sound();
    const loss = defined(program.metrics.get('loss'), 'loss');
    const w = defined(program.updates.get('w'), 'w');
    expect(() => verifyProgram({ ...program, updates: new Map([['w', loss]]) })).toThrow(
      'update w has another type than its state',
    );
    expect(() => verifyProgram({ ...program, updates: new Map([['v', w]]) })).toThrow('undeclared state'); // prettier-ignore
    expect(() => verifyProgram({ ...program, metrics: new Map([['w', w]]) })).toThrow(
      'metric w is an f32 scalar',
    );
  });

  it('refuses a loop whose parts do not belong together', () => {
    const program = sound();
    const change = (change: (phase: Extract<Phase, { kind: 'repeat' }>) => Phase): Program => ({
      ...program,
      phases: program.phases.map((phase) => (phase.kind === 'repeat' ? change(phase) : phase)),
    });
    expect(() => verifyProgram(change((phase) => ({ ...phase, count: 0 })))).toThrow('whole count');
    expect(() => verifyProgram(change((phase) => ({ ...phase, id: 7 })))).toThrow(
      'of another loop',
    );
    const loss = defined(program.metrics.get('loss'), 'loss');
    const later = change((phase) => ({
      ...phase,
      carried: phase.carried.map((carried) => ({ ...carried, initial: loss })),
    }));
    expect(() => verifyProgram(later)).toThrow('starts from an undefined value');
  });
});
