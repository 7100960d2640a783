import { invariant } from '../../core/invariant';
import {
  storedType,
  type Access,
  type Binding,
  type Storage,
  type StoragePlace,
  type Touch,
} from '../plan';
import { helperSources, type HelperName } from './helpers';

/** Where storages lie, and how long their buffers are, in elements; before memory is planned the length is null. */
export interface Layout {
  readonly placeOf: (storage: Storage) => StoragePlace;
  readonly lengthOf: (buffer: number) => number | null;
}

export interface WrittenKernel {
  readonly wgsl: string;
  readonly bindings: readonly Binding[];
  readonly touches: readonly Touch[];
  readonly workgroups: readonly [number, number];
}

interface OpenBinding {
  readonly number: number;
  readonly type: string;
  access: Access;
}

interface Block {
  readonly groups: number;
  readonly lines: readonly string[];
}

/**
 * The source of one kernel: blocks side by side, each with workgroups of its own, over the same bindings.
 * Buffers are bound when they are first touched; each once, `read_write` when anything in it is written at
 * all, since one buffer must not be bound both ways in a dispatch.
 */
export class KernelSource {
  private readonly bound = new Map<number, OpenBinding>();
  private readonly touched = new Map<Storage, Access>();
  private readonly helpers = new Set<HelperName>();
  /** Workgroup memory by name: the blocks, of which a workgroup runs one, share it. */
  private readonly scratch = new Map<string, { readonly type: string; length: number }>();
  private readonly blocks: Block[] = [];
  private subgroups = false;

  constructor(
    private readonly layout: Layout,
    /** Threads of a workgroup, in all blocks. */
    readonly threads: number,
    private readonly maxGroupsPerDimension: number,
  ) {}

  use(helper: HelperName): void {
    this.helpers.add(helper);
  }

  /** Lets the threads of a subgroup hand numbers to each other. */
  useSubgroups(): void {
    this.subgroups = true;
  }

  /** Sees that workgroup memory of this name is long enough. */
  reserve(name: string, type: string, length: number): void {
    const known = this.scratch.get(name);
    if (known) known.length = Math.max(known.length, length);
    else this.scratch.set(name, { type, length });
  }

  /** Code of element `index` of a storage, counted from its own start. */
  element(storage: Storage, index: string, write: boolean): string {
    const { buffer, offset } = this.layout.placeOf(storage);
    const type = storedType(storage.dtype);
    let binding = this.bound.get(buffer);
    if (!binding) {
      binding = { number: this.bound.size, type, access: 'read' };
      this.bound.set(buffer, binding);
    }
    invariant(binding.type === type, `${storage.name} lies in a buffer of another type`);
    if (write) binding.access = 'read_write';
    if (write || !this.touched.has(storage))
      this.touched.set(storage, write ? 'read_write' : 'read');
    return `b${binding.number}[${shifted(index, offset)}]`;
  }

  addBlock(groups: number, lines: readonly string[]): void {
    this.blocks.push({ groups, lines });
  }

  /** Buffers bound so far. */
  get buffers(): ReadonlySet<number> {
    return new Set(this.bound.keys());
  }

  finish(): WrittenKernel {
    const bindings = [...this.bound].map(([buffer, { access }]): Binding => ({ buffer, access }));
    const variables = [...this.bound].map(([buffer, { number, access, type }]) => {
      // A fixed length lets the compiler leave out what guards against reading past the end.
      const length = this.layout.lengthOf(buffer);
      const array = length === null ? `array<${type}>` : `array<${type}, ${length}>`;
      return `@group(0) @binding(${number}) var<storage, ${access}> b${number}: ${array};`;
    });
    const total = this.blocks.reduce((sum, { groups }) => sum + groups, 0);
    const most = this.maxGroupsPerDimension;
    const y = Math.ceil(total / most);
    const x = Math.ceil(total / y);
    // Whole quads leave a kernel at its edge, but WGSL knows of no less than workgroups.
    const subgroups = 'enable subgroups;\ndiagnostic(off, subgroup_uniformity);';
    const parts = [
      this.subgroups ? subgroups : '',
      variables.join('\n'),
      ...helperSources(this.helpers),
      [...this.scratch]
        .map(([name, { type, length }]) => `var<workgroup> ${name}: array<${type}, ${length}>;`)
        .join('\n'),
      ...this.functions(),
      `@compute @workgroup_size(${this.threads})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let group = ${y === 1 ? 'workgroup.x' : `workgroup.y * ${x}u + workgroup.x`};
${this.body(x * y > total)}
}`,
    ];
    return {
      wgsl: `${parts.filter((part) => part !== '').join('\n\n')}\n`,
      bindings,
      touches: [...this.touched].map(([storage, access]): Touch => ({ storage, access })),
      workgroups: [x, y],
    };
  }

  private functions(): string[] {
    if (this.blocks.length < 2) return [];
    return this.blocks.map(
      ({ lines }, number) => `fn block${number}(group: u32, local: u32) {\n${lines.join('\n')}\n}`,
    );
  }

  /** A block alone stands in `main`; several are called by the number of the workgroup. */
  private body(folded: boolean): string {
    const [only] = this.blocks;
    if (this.blocks.length === 1 && only) {
      // A folded grid may have some groups too many; they all leave at once, so barriers stay uniform.
      const guard = folded ? [`  if (group >= ${only.groups}u) { return; }`] : [];
      return [...guard, ...only.lines].join('\n');
    }
    let start = 0;
    const branches = this.blocks.map(({ groups }, number) => {
      const first = start;
      start += groups;
      const own = first === 0 ? 'group' : `group - ${first}u`;
      return `if (group < ${start}u) { block${number}(${own}, local); }`;
    });
    return `  ${branches.join(' else ')}`;
  }
}

function shifted(index: string, offset: number): string {
  if (offset === 0) return index;
  const literal = /^(\d+)u$/.exec(index);
  return literal ? `${Number(literal[1]) + offset}u` : `${index} + ${offset}u`;
}
