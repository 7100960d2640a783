import type { Program, Value } from './types';

/**
 * The program as text, one value a line: `%12 f32[256×128] = dot(%3, %7) {transposeLeft: false, transposeRight: true}  # encoder`.
 * Stable: equal programs give equal text, and values are numbered by their place, not by their ids.
 */
export function printProgram(program: Program): string {
  const names = new Map<number, string>();
  const name = (value: Value): string => names.get(value.id) ?? `?${value.id}`;
  const define = (value: Value): string => {
    const made = `%${names.size}`;
    names.set(value.id, made);
    return made;
  };
  const line = (value: Value, indent: string): string => {
    const operands = value.operands.map(name).join(', ');
    const attributes = printRecord(value.attributes);
    const origin = value.origin === null ? '' : `  # ${value.origin}`;
    return `${indent}${define(value)} ${printType(value)} = ${value.kind}(${operands})${attributes}${origin}`;
  };

  const lines: string[] = [
    ...program.data.map((spec) => `data ${spec.name} ${printType(spec)}`),
    ...program.state.map((spec) => {
      const { kind, ...numbers } = spec.initializer;
      return `state ${spec.name} ${printType(spec)} = ${kind}${printRecord(numbers)} (${spec.purpose})${spec.origin === null ? '' : `  # ${spec.origin}`}`;
    }),
    ...(program.packs ?? []).map((pack) => `pack ${pack.name} = ${pack.members.join(', ')}`),
    ...program.live.map(({ name: live, initial }) => `live ${live} = ${printNumber(initial)}`),
  ];
  for (const phase of program.phases) {
    if (phase.kind === 'block') {
      lines.push('block', ...phase.values.map((value) => line(value, '  ')));
      continue;
    }
    lines.push(`repeat ${phase.count} times, carrying`);
    const initial = phase.carried.map(({ initial: start }) => name(start));
    const body = phase.values.map((value) => line(value, '    '));
    phase.carried.forEach(({ parameter, next }, index) => {
      lines.push(`  ${name(parameter)} from ${initial[index] ?? ''} to ${name(next)}`);
    });
    lines.push('  do', ...body, ...phase.carried.map(({ result }) => line(result, '  ')));
  }
  for (const [heading, values] of [
    ['update', program.updates],
    ['metric', program.metrics],
    ['output', program.outputs],
  ] as const) {
    for (const [key, value] of values) lines.push(`${heading} ${key} = ${name(value)}`);
  }
  return `${lines.join('\n')}\n`;
}

function printType({ dtype, shape }: Pick<Value, 'dtype' | 'shape'>): string {
  return shape.length === 0 ? dtype : `${dtype}[${shape.join('×')}]`;
}

function printRecord(record: object): string {
  const entries = Object.entries(record);
  return entries.length === 0
    ? ''
    : ` {${entries.map(([key, value]) => `${key}: ${printAny(value)}`).join(', ')}}`;
}

const LITERAL_ELEMENTS = 8;

function printAny(value: unknown): string {
  if (typeof value === 'number') return printNumber(value);
  if (Array.isArray(value)) {
    const shown = value.slice(0, LITERAL_ELEMENTS).map(printAny).join(' ');
    return value.length > LITERAL_ELEMENTS ? `[${shown} … ${value.length}]` : `[${shown}]`;
  }
  return String(value);
}

function printNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
