import { invariant } from '../../core/invariant';
import { elementCount, type AnyValue, type Value } from '../../ir/types';
import { Accesses } from '../memory/accesses';
import type { Emission } from './emission';
import { emitInline } from './inlineRules';
import type { KernelSource } from './kernelSource';
import { formOf, isInlineValue } from './opForms';
import type { Ref, Storage } from '../plan';
import { viewMap } from '../views/viewMap';
import type { HelperName } from './helpers';
import { literal } from './literals';
import { OWN_INDEX } from './ownIndex';

/** A statement block under construction: what is known inside ends with it. */
interface Scope {
  /** Expression → its name. */
  readonly names: Map<string, string>;
  /** Elements just stored → their code: reading them again needs no load. */
  readonly stored: Map<string, string>;
  /** Name of an index → which elements a thread reaches by it (see `Accesses`). */
  readonly owned: Map<string, string>;
}

/** Writes the code of one block of a kernel. */
export class KernelWriter implements Emission {
  /** Values whose code is in this block. */
  readonly covered = new Set<Value>();
  /** What of memory it reads and writes. */
  readonly reads = new Accesses();
  readonly writes = new Accesses();
  /** Storages of which it loads elements from memory, rather than finding them in registers. */
  readonly loaded = new Set<Storage>();
  private readonly lines: string[] = [];
  private readonly scopes: Scope[] = [newScope()];
  private nextName = 0;
  private nextScratch = 0;
  private groups = 0;
  private constantsNamed = false;
  private guard: string | null = null;

  constructor(
    private readonly source: KernelSource,
    private readonly refOf: (value: Value) => Ref | null,
    /** Storages that only this block touches: their elements stay in registers. */
    private readonly inRegisters: ReadonlySet<Storage> = new Set(),
  ) {}

  get threads(): number {
    return this.source.threads;
  }

  /** Sets the number of workgroups; `group` is the workgroup's number and `local` the thread's in it. */
  grid(groups: number): void {
    this.groups = groups;
  }

  /** A grid of one thread for each of `count` elements, with `i` the element's number. */
  gridOfElements(count: number): void {
    this.gridWithoutGuard(count);
    if (count % this.threads !== 0) this.line(`if (${OWN_INDEX} >= ${count}u) { return; }`);
  }

  /** As `gridOfElements`, but `i` may be `count` or more. */
  gridWithoutGuard(count: number): void {
    this.grid(Math.ceil(count / this.threads));
    this.line(
      this.threads === 1
        ? `let ${OWN_INDEX} = group;`
        : `let ${OWN_INDEX} = group * ${this.threads}u + local;`,
    );
    this.own(OWN_INDEX, OWN_INDEX);
    if (count === 1) this.own('0u', OWN_INDEX);
  }

  /** A grid of one workgroup for each of `count` outputs, with `i` the output's number. */
  gridOfGroups(count: number): void {
    this.grid(count);
    this.line(`let ${OWN_INDEX} = group;`);
    this.own(OWN_INDEX, OWN_INDEX);
    if (count === 1) this.own('0u', OWN_INDEX);
  }

  line(text: string): void {
    this.lines.push(`${'  '.repeat(this.scopes.length)}${text}`);
  }

  /** A statement block; what is known inside ends with it. */
  block(head: string, body: () => void): void {
    this.line(`${head} {`);
    this.scopes.push(newScope());
    body();
    this.scopes.pop();
    this.line('}');
  }

  /** Runs `body` with every store done by the threads for which `condition` holds. */
  storesOnlyIf(condition: string, body: () => void): void {
    const outer = this.guard;
    this.guard = condition;
    body();
    this.guard = outer;
  }

  /** Runs `body` with every store done by whichever thread comes to it. */
  storesAlways(body: () => void): void {
    const outer = this.guard;
    this.guard = null;
    body();
    this.guard = outer;
  }

  /** An array of its own in workgroup memory; returns its name. */
  scratch(type: 'f32' | 'i32', length: number): string {
    const name = `${type}Scratch${this.nextScratch++}`;
    this.source.reserve(name, type, length);
    return name;
  }

  use(helper: HelperName): void {
    this.source.use(helper);
  }

  useSubgroups(): void {
    this.source.useSubgroups();
  }

  /** A name that the block does not have yet. */
  fresh(name: string): string {
    return `${name}${this.nextName++}`;
  }

  let(expression: string): string {
    if (/^([A-Za-z_]\w*|\d+u)$/.test(expression)) return expression;
    for (const { names } of this.scopes) {
      const name = names.get(expression);
      if (name !== undefined) return name;
    }
    const name = this.fresh('t');
    this.line(`let ${name} = ${expression};`);
    this.scopes.at(-1)?.names.set(expression, name);
    return name;
  }

  /** Tells that an expression has a name, or is a simpler one, until the scope ends. */
  know(expression: string, name: string): void {
    this.scopes.at(-1)?.names.set(expression, name);
  }

  /** Tells which elements a thread reaches by an index, until the scope ends. */
  own(index: string, elements: string): void {
    this.scopes.at(-1)?.owned.set(index, elements);
  }

  emit(value: Value, index: string): string {
    const at = elementCount(value.shape) === 1 ? '0u' : index;
    const ref = this.refOf(value);
    if (ref) return this.load(ref, at);
    return this.compute(value, at);
  }

  /** As `emit`, but computes the value even when it has a place in memory: for the kernel that puts it there. */
  compute(value: Value, index: string): string {
    const any = value as AnyValue;
    if (any.kind === 'constant') {
      const code = literal(any.attributes.value, any.dtype);
      if (code.includes('infinity')) this.use('infinity');
      return this.constantsNamed ? this.let(code) : code;
    }
    invariant(isInlineValue(any), `${any.kind} %${any.id} has no place in memory`);
    this.covered.add(value);
    const outer = this.constantsNamed;
    // WGSL refuses constant expressions that overflow or divide by zero; a name is not one.
    this.constantsNamed = any.operands.every((operand) => this.isConstant(operand));
    const code = emitInline(this, any, index);
    this.constantsNamed = outer;
    return this.let(code);
  }

  /** Element `index` of a place. */
  load(ref: Ref, index: string): string {
    this.reads.add(ref, this.ownership(ref, index));
    const key = elementKey(ref, index);
    for (const { stored } of this.scopes) {
      const known = stored.get(key);
      if (known !== undefined) return known;
    }
    this.loaded.add(ref.storage);
    const element = this.source.element(ref.storage, this.inStorage(ref, index), false);
    return this.let(ref.storage.dtype === 'bool' ? `${element} != 0u` : element);
  }

  store(ref: Ref, index: string, expression: string): void {
    this.writes.add(ref, this.ownership(ref, index));
    this.scopes.at(-1)?.stored.set(elementKey(ref, index), expression);
    if (this.inRegisters.has(ref.storage)) return;
    const element = this.source.element(ref.storage, this.inStorage(ref, index), true);
    const code = ref.storage.dtype === 'bool' ? `u32(${expression})` : expression;
    const statement = `${element} = ${code};`;
    this.line(this.guard === null ? statement : `if (${this.guard}) { ${statement} }`);
  }

  /** Ends the block: it becomes part of its kernel. */
  finish(): void {
    this.source.addBlock(this.groups, this.lines);
  }

  /** Which elements of the storage a thread reaches; null when it may be any. */
  private ownership({ offset }: Ref, index: string): string | null {
    for (const { owned } of this.scopes) {
      const elements = owned.get(index);
      if (elements !== undefined) return `${elements}+${offset}`;
    }
    return null;
  }

  private inStorage({ offset }: Ref, index: string): string {
    if (offset === 0) return index;
    return index === '0u' ? `${offset}u` : `${index} + ${offset}u`;
  }

  private isConstant(value: Value): boolean {
    if (this.refOf(value)) return false;
    if (formOf(value.kind) === 'constant') return true;
    const [operand] = value.operands;
    return viewMap(value) !== null && operand !== undefined && this.isConstant(operand);
  }
}

function newScope(): Scope {
  return { names: new Map(), stored: new Map(), owned: new Map() };
}

function elementKey({ storage, offset }: Ref, index: string): string {
  return `${storage.id}+${offset}@${storage.length === 1 ? '0u' : index}`;
}
