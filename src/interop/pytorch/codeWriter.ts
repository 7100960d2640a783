import { defined } from '../../core/invariant';
import type { CarriedValue, RepeatPhase, Value } from '../../ir/types';
import type { Remark } from '../../ir/valueNumbering';
import type { BatchSizes } from './extents';
import { breakLine } from './breakLine';
import type { Placement } from './placement';
import { list, whole, type Printed } from './printed';
import type { Names } from './python';
import { atom, BINDING, indented, within, type Expression } from './python';
import { printOp } from './operations';
import { hasWord, printRemark, remarkOperands } from './remarks';
import type { Scopes } from './trace';
import { ValuePrinter } from './valuePrinter';

/** Several values that one statement gives. */
export interface Statement {
  readonly key: string;
  /** What it reads. */
  readonly reads: readonly Value[];
  /** What it gives, each with the name that is wanted for it. */
  readonly gives: readonly { readonly value: Value; readonly name: string }[];
  /** The right-hand side, with what is read as code. */
  write(reads: readonly Expression[]): string;
}

export interface Writing {
  readonly sizes: BatchSizes;
  readonly remarks: ReadonlyMap<number, Remark>;
  placeOf(value: Value): Placement;
  /** Null where the code stands in no loop of the trace: in a function of its own. */
  readonly scopes: Scopes | null;
  /** A statement that gives a value, in place of its op. */
  statementOf(value: Value): Statement | null;
  state(name: string): string;
  data(name: string): string;
  live(name: string): string;
  /** What a value is to be called; null where nobody cares. */
  nameOf(value: Value): string | null;
  /** Lines that go before a statement about a value. */
  comment(value: Value): readonly string[];
}

/** Operands are written where they are used once, up to this length. */
const INLINE_LENGTH = 44;

/** What is assigned to stands on lines of its own beyond this length. */
const LONGEST_TARGET = 56;

/** Ops whose code is as short as a name. */
const SHORT = new Set(['constant', 'input', 'iota', 'iteration', 'literal']);

/** Writes the statements that compute some values. */
export class CodeWriter {
  private readonly named = new Map<number, Printed>();
  private readonly uses = new Map<number, number>();
  private readonly needed = new Map<RepeatPhase | null, Set<Value>>();
  private readonly carriedOf = new Map<RepeatPhase, Set<number>>();
  private readonly tracked = new Set<number>();
  private readonly statements = new Map<number, Statement>();
  private readonly printer: ValuePrinter;
  private readonly finals = new Set<number>();
  private lines: string[] = [];
  private readonly done = new Set<string>();

  constructor(
    private readonly writing: Writing,
    private readonly names: Names,
    bound: ReadonlyMap<Value, string>,
  ) {
    for (const [value, name] of bound) this.named.set(value.id, whole(value, atom(name)));
    this.printer = new ValuePrinter(
      {
        ...writing,
        placeOf: (value) => writing.placeOf(value),
        state: (name) => writing.state(name),
        data: (name) => writing.data(name),
        live: (name) => writing.live(name),
        read: (value) => this.read(value),
        isInline: (value) => !this.named.has(value.id) && this.isUsedOnce(value),
      },
      { op: printOp, remark: printRemark },
    );
  }

  /** The lines that compute the values, and the code of each with all its axes. */
  write(
    roots: readonly Value[],
    places: readonly Placement[],
  ): { readonly lines: readonly string[]; readonly results: readonly string[] } {
    for (const root of roots) {
      this.need(root, null);
      this.finals.add(root.id);
    }
    this.emitScope(null);
    const results = roots.map((root, index) => {
      const place = places[index] ?? this.writing.placeOf(root);
      return this.printer.full(root, place).code;
    });
    return { lines: this.lines, results };
  }

  // What is needed -----------------------------------------------------------------------------

  private loopOf(value: Value): RepeatPhase | null {
    return this.writing.scopes?.loopOf(value) ?? null;
  }

  private need(start: Value, from: RepeatPhase | null): void {
    const stack: [Value, RepeatPhase | null][] = [[start, from]];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const [value, reader] = next;
      if (this.named.has(value.id)) continue;
      const loop = this.loopOf(value);
      // What another loop reads is computed once, before it.
      this.uses.set(value.id, (this.uses.get(value.id) ?? 0) + (reader === loop ? 1 : 2));
      const scope = this.needed.get(loop) ?? new Set<Value>();
      this.needed.set(loop, scope);
      if (scope.has(value)) continue;
      scope.add(value);
      for (const operand of this.dependencies(value)) stack.push([operand, loop]);
    }
  }

  private dependencies(value: Value): readonly Value[] {
    if (value.kind === 'repeatResult') return this.loopDependencies(value);
    if (value.kind === 'carried') {
      const loop = defined(this.loopOf(value), 'loop');
      const { index } = value.attributes as { index: number };
      return this.needCarried(loop, index);
    }
    const statement = this.statementOf(value);
    if (statement) {
      this.statements.set(value.id, statement);
      return statement.reads;
    }
    const remark = this.writing.remarks.get(value.id);
    if (remark && hasWord(value, remark, (of) => this.writing.placeOf(of))) {
      return remarkOperands(remark);
    }
    return value.operands;
  }

  private loopDependencies(value: Value): readonly Value[] {
    const loop = defined(this.writing.scopes?.madeBy(value), 'loop');
    return this.needCarried(
      loop,
      loop.carried.findIndex(({ result }) => result === value),
    );
  }

  /** A carried value that is needed needs its start, and what it becomes. */
  private needCarried(loop: RepeatPhase, index: number): readonly Value[] {
    const known = this.carriedOf.get(loop) ?? new Set<number>();
    this.carriedOf.set(loop, known);
    if (known.has(index)) return [];
    known.add(index);
    const { initial, next, parameter } = defined(loop.carried[index], 'carried value');
    // Twice, so that it is a name and not a part of something else.
    for (let count = 0; count < 2; count++) {
      this.need(initial, null);
      this.need(next, loop);
    }
    this.need(parameter, loop);
    return [];
  }

  private statementOf(value: Value): Statement | null {
    return this.writing.statementOf(value) ?? this.gradientStatement(value);
  }

  /** ∂E/∂z of all z at once, as PyTorch differentiates. */
  private gradientStatement(value: Value): Statement | null {
    const remark = this.writing.remarks.get(value.id);
    const { scopes } = this.writing;
    if (remark?.what !== 'gradient' || !scopes) return null;
    const { output } = remark;
    const loop = this.loopOf(value);
    if (this.loopOf(output) !== loop) return null;
    const group = [...this.writing.remarks].flatMap(([id, other]) =>
      other.what === 'gradient' && other.output === output ? [{ id, by: other.by }] : [],
    );
    const members = group.flatMap(({ id, by }) => {
      const member = this.gradientValue(id, loop);
      return member ? [{ value: member, by }] : [];
    });
    const summed = output.kind === 'reduce' ? defined(output.operands[0], 'operand') : output;
    for (const { by } of members) this.tracked.add(by.id);
    return {
      key: `gradient ${output.id}`,
      reads: [summed, ...members.map(({ by }) => by)],
      gives: members.map(({ value: member }) => ({ value: member, name: 'slope' })),
      write: ([energy = atom(''), ...by]) => {
        const total = `${within(energy, BINDING.atom)}.sum()`;
        const kept = loop === null ? 'create_graph=True' : 'retain_graph=True';
        return `torch.autograd.grad(${total}, ${list(by.map(({ code }) => code))}, ${kept})`;
      },
    };
  }

  private gradientValue(id: number, loop: RepeatPhase | null): Value | null {
    return this.writing.scopes?.find(id, loop) ?? null;
  }

  // Statements ---------------------------------------------------------------------------------

  private isUsedOnce(value: Value): boolean {
    return (this.uses.get(value.id) ?? 0) <= 1;
  }

  private emitScope(loop: RepeatPhase | null): void {
    const values = [...(this.needed.get(loop) ?? [])];
    const order = this.writing.scopes?.compare ?? ((a: Value, b: Value) => a.id - b.id);
    for (const value of values.sort(order)) this.emit(value, loop);
  }

  private emit(value: Value, loop: RepeatPhase | null): void {
    if (this.named.has(value.id)) return;
    if (value.kind === 'repeatResult') {
      this.emitLoop(defined(this.writing.scopes?.madeBy(value), 'loop'));
      return;
    }
    const statement = this.statements.get(value.id);
    if (statement) {
      this.emitStatement(statement, value, loop);
      return;
    }
    const isTracked = this.tracked.has(value.id);
    if (!isTracked && (SHORT.has(value.kind) || this.staysInline(value))) return;
    const printed = this.printer.print(value);
    if (!isTracked && /^[A-Za-z_]\w*$/.test(printed.code)) {
      this.named.set(value.id, printed);
      return;
    }
    const name = this.names.fresh(this.writing.nameOf(value) ?? plainName(value));
    this.say(value, loop, `${name} = `, isTracked ? trackedCode(printed, loop) : printed.code);
    this.named.set(value.id, { ...printed, ...atom(name) });
  }

  private staysInline(value: Value): boolean {
    if (value.kind === 'broadcast' || value.kind === 'stopGradient') {
      const [operand] = value.operands;
      if (operand && (this.named.has(operand.id) || SHORT.has(operand.kind))) return true;
    }
    if (this.isUsedOnce(value) && this.finals.has(value.id) && !this.writing.scopes) return true;
    return this.isUsedOnce(value) && this.printer.print(value).code.length <= INLINE_LENGTH;
  }

  private say(value: Value, loop: RepeatPhase | null, start: string, code: string): void {
    if (loop === null) this.lines.push(...this.writing.comment(value));
    this.lines.push(breakLine(start, code));
  }

  private emitStatement(statement: Statement, value: Value, loop: RepeatPhase | null): void {
    const mark = `${statement.key} in ${loop?.id ?? ''}`;
    if (this.done.has(mark)) return;
    this.done.add(mark);
    const reads = statement.reads.map((read) => {
      const place = this.writing.placeOf(read);
      return this.printer.full(read, place);
    });
    const given = statement.gives.map(({ value: result, name }) => {
      const isRead = this.uses.has(result.id);
      return isRead ? this.names.fresh(name) : '_';
    });
    const code = statement.write(reads);
    const isGradient = statement.key.startsWith('gradient');
    const target = isGradient && given.length === 1 ? `(${given.join('')},)` : given.join(', ');
    const left = target.length <= LONGEST_TARGET ? target : `(\n${given.map((name) => `    ${name},\n`).join('')})`; // prettier-ignore
    this.say(value, loop, `${left} = `, code);
    statement.gives.forEach(({ value: result }, index) => {
      const name = defined(given[index], 'name');
      if (name === '_') return;
      this.named.set(result.id, whole(result, atom(name)));
      if (!this.tracked.has(result.id)) return;
      this.lines.push(`${name} = ${trackedCode(whole(result, atom(name)), loop)}`);
    });
  }

  private emitLoop(loop: RepeatPhase): void {
    const wanted = [...(this.carriedOf.get(loop) ?? [])].sort((a, b) => a - b);
    const carried = wanted.map((index) => defined(loop.carried[index], 'carried value'));
    const first = defined(carried[0], 'carried value');
    this.lines.push(...this.writing.comment(first.result));
    const names = carried.map(({ parameter }, index) =>
      this.names.fresh(this.writing.nameOf(parameter) ?? carriedName(loop, wanted[index] ?? 0)),
    );
    carried.forEach(({ initial, parameter }, index) => {
      const name = defined(names[index], 'name');
      this.lines.push(breakLine(`${name} = `, this.printer.full(initial, this.writing.placeOf(parameter)).code)); // prettier-ignore
    });
    carried.forEach(({ parameter }, index) => {
      this.named.set(parameter.id, whole(parameter, atom(defined(names[index], 'name'))));
    });
    const outer = this.lines;
    this.lines = [];
    carried.forEach(({ parameter }, index) => {
      const name = defined(names[index], 'name');
      if (this.tracked.has(parameter.id)) {
        this.lines.push(`${name} = ${name}.detach().requires_grad_()`);
      }
    });
    this.emitScope(loop);
    const changes = carried.flatMap(({ next, parameter }, index): [string, string][] => {
      const code = this.printer.full(next, this.writing.placeOf(parameter)).code;
      const name = defined(names[index], 'name');
      return code === name ? [] : [[name, code]];
    });
    this.lines.push(...assignments(changes));
    const body = this.lines;
    this.lines = outer;
    const usesTurn = body.some((line) => /\bturn\b/.test(line));
    const head = `for ${usesTurn ? 'turn' : '_'} in range(${loop.count}):`;
    const differentiates = body.some((line) => line.includes('autograd.grad'));
    this.lines.push(
      ...(differentiates
        ? [head, ...indented(body)]
        : ['with torch.no_grad():', ...indented([head, ...indented(body)])]),
    );
    carried.forEach(({ result }: CarriedValue, index) => {
      const name = defined(names[index], 'name');
      this.named.set(result.id, whole(result, atom(name)));
      if (differentiates && this.uses.has(result.id)) this.lines.push(`${name} = ${name}.detach()`);
    });
  }

  private read(value: Value): Printed {
    return this.named.get(value.id) ?? this.printer.print(value);
  }
}

/** All at once, as each reads what the others were before. */
function assignments(changes: readonly [string, string][]): string[] {
  if (changes.length === 0) return ['pass'];
  const line = `${changes.map(([name]) => name).join(', ')} = ${changes.map(([, code]) => code).join(', ')}`;
  if (line.length <= 88) return [line];
  const names = changes.map(([name]) => `    ${name},`);
  const codes = changes.map(([, code]) => `    ${code},`);
  return ['(', ...names, ') = (', ...codes, ')'];
}

function trackedCode(printed: Printed, loop: RepeatPhase | null): string {
  return loop === null ? `tracked(${printed.code})` : `(${printed.code}).detach().requires_grad_()`;
}

function carriedName(loop: RepeatPhase, index: number): string {
  return loop.carried.length === 1 ? 'state' : `state_${index + 1}`;
}

const PLAIN_NAMES: Readonly<Record<string, string>> = {
  dot: 'product', conv2d: 'features', conv2dInputGradient: 'features', compare: 'mask', random: 'noise', sampleRows: 'rows',
  gather: 'rows', concat: 'joined', reshape: 'shaped', transpose: 'turned', argReduce: 'index', slice: 'part', pad: 'padded',
  select: 'chosen', broadcast: 'spread', stopGradient: 'fixed', cast: 'number',
}; // prettier-ignore

const BINARY_NAMES: Readonly<Record<string, string>> = {
  add: 'added', sub: 'difference', mul: 'scaled', div: 'ratio', max: 'larger', min: 'smaller', pow: 'power', and: 'both', or: 'either',
}; // prettier-ignore

function plainName(value: Value): string {
  const { kind, op } = value.attributes as { kind?: string; op?: string };
  if (value.kind === 'reduce') return kind === 'sum' ? 'total' : `least_or_most`.slice(kind === 'min' ? 0 : 9, kind === 'min' ? 5 : 13); // prettier-ignore
  if (value.kind === 'unary') return `${op ?? 'value'}_`.replace(/^(exp|log|sin|cos|abs|tanh|sigmoid|softplus|sqrt|floor|sign|erf|neg|not|isFinite)_$/, (_, name: string) => ({ exp: 'powers', log: 'logs', sqrt: 'roots', sigmoid: 'shares', isFinite: 'sound', neg: 'negated', not: 'others', floor: 'rounded', sign: 'signs', abs: 'sizes' })[name] ?? name); // prettier-ignore
  if (value.kind === 'binary') return BINARY_NAMES[op ?? ''] ?? 'value';
  return PLAIN_NAMES[value.kind] ?? 'value';
}
