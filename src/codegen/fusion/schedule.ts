import { Accesses } from '../memory/accesses';
import { formOfWork, writeBlock, type BlockForm, type Stage } from '../wgsl/blockWriting';
import type { Draft, Sweep } from './draft';
import { COOPERATIVE_THREADS, type Drafting } from './drafting';
import type { KernelWriter } from '../wgsl/kernelWriter';
import type { PlanLimits } from '../plan';
import { sinkMaps } from './sinkMaps';

/** Results that a thread makes of a product, typically. */
const RESULTS_OF_TILE = 64;
/**
 * Threads of a software adapter that may go idle through the code of a tile: about 0.1 µs each on SwiftShader, where a
 * dispatch takes 20 µs and the cores wait for each other at its end. Other code costs next to nothing.
 */
const MOST_IDLE_THREADS = 1024;
const IDLE_COST_OF_OTHERS = 1 / 32;

/** Drafts that one kernel may hold, so that its source stays of a size that compiles quickly. */
const MOST_STAGES = 32;

/** Drafts that the same threads work on, one after the other. */
export interface Block {
  form: BlockForm;
  readonly stages: Stage[];
  readonly reads: Accesses;
  readonly writes: Accesses;
}

/** A kernel to be: blocks side by side, each with threads of its own. */
export interface KernelGroup {
  readonly blocks: Block[];
  /** Numbers of the buffers it binds. */
  readonly buffers: Set<number>;
}

/** A place for a draft in a kernel: in one of its blocks, or beside them. */
interface Home {
  readonly group: KernelGroup;
  readonly block: Block | null;
  readonly stage: Stage;
  readonly sketch: Sketch;
}

/** What a stage touches, in the block it may stand in. */
export interface Sketch {
  readonly reads: Accesses;
  readonly writes: Accesses;
  readonly buffers: ReadonlySet<number>;
}

/**
 * Puts drafts into as few kernels as their order allows. A draft joins
 *
 * 1. the block that computes what it reads, when each thread needs only what it has made itself: an epilogue, or
 *    one more loop over the same rows or columns. That saves a dispatch and the way through memory;
 * 2. else a block of equal work of a later kernel, when it is as elementwise, or loads elements of the same arrays;
 * 3. else, beside what is there, the first kernel behind all that it waits for. That saves a dispatch, and
 *    small work fills the cores that other work leaves idle;
 * 4. else a kernel of its own.
 *
 * A draft moves up past kernels only when it shares nothing with them that either writes.
 */
export function schedule(
  drafts: readonly Draft[],
  drafting: Drafting,
  limits: PlanLimits,
  fused: boolean,
): KernelGroup[] {
  const groups: KernelGroup[] = [];
  const scheduler = new Scheduler(drafting, limits);
  if (!fused) return drafts.map((draft) => scheduler.newGroup(draft));
  const most = limits.maxStorageBuffersPerShaderStage;
  for (const draft of sinkMaps(drafts, (each) => scheduler.alone(each), most)) {
    const home = scheduler.findHome(groups, draft);
    if (home) settle(home);
    else groups.push(scheduler.newGroup(draft));
  }
  return groups;
}

class Scheduler {
  private readonly sketches = new Map<Draft, Map<string, Sketch>>();

  constructor(
    private readonly drafting: Drafting,
    private readonly limits: PlanLimits,
  ) {}

  newGroup(draft: Draft): KernelGroup {
    const stage = { draft, sweep: null };
    const { reads, writes, buffers } = this.sketch(stage, formOfWork(draft.work));
    const block = { form: formOfWork(draft.work), stages: [stage], reads, writes };
    return { blocks: [copyOf(block)], buffers: new Set(buffers) };
  }

  alone(draft: Draft): Sketch {
    return this.sketch({ draft, sweep: null }, formOfWork(draft.work));
  }

  findHome(groups: readonly KernelGroup[], draft: Draft): Home | null {
    const alone = this.alone(draft);
    let equal: Home | null = null;
    let beside: Home | null = null;
    for (let place = groups.length - 1; place >= 0; place--) {
      const group = groups[place];
      if (!group) break;
      const met = group.blocks.filter((block) => meeting(block, alone) !== 'nowhere');
      if (met.length > 0) {
        const [only] = met;
        const joined = met.length === 1 && only ? this.joining(group, only, draft) : null;
        return joined ?? equal ?? beside;
      }
      for (const block of group.blocks) {
        if (block.form.form === 'map' || sharesReads(block, alone)) {
          equal = this.joining(group, block, draft) ?? equal;
        }
      }
      const stage = { draft, sweep: null };
      if (this.fits(group, alone) && this.paysBeside(group, draft)) {
        beside = { group, block: null, stage, sketch: alone };
      }
    }
    return equal ?? beside;
  }

  /** The home of a draft as a further stage of a block; null when its threads need what others make. */
  private joining(group: KernelGroup, block: Block, draft: Draft): Home | null {
    for (const sweep of sweepsFor(block, draft)) {
      const stage = { draft, sweep };
      const sketch = this.sketch(stage, block.form);
      if (meeting(block, sketch) === 'across threads' || !this.fits(group, sketch)) continue;
      return { group, block, stage, sketch };
    }
    return null;
  }

  /**
   * Whether a dispatch saved is worth more than what blocks side by side cost: nothing on a GPU, which skips the
   * blocks that a workgroup does not run. A software adapter goes through them with all threads switched off.
   */
  private paysBeside({ blocks }: KernelGroup, draft: Draft): boolean {
    if (this.drafting.cooperative) return true;
    const form = formOfWork(draft.work);
    const idle = blocks.reduce(
      (sum, { form: other }) =>
        sum + threadsOfForm(other) * idleCost(form) + threadsOfForm(form) * idleCost(other),
      0,
    );
    return idle <= MOST_IDLE_THREADS;
  }

  private fits({ blocks, buffers }: KernelGroup, sketch: Sketch): boolean {
    const stages = blocks.reduce((sum, block) => sum + block.stages.length, 0);
    let bindings = buffers.size;
    for (const buffer of sketch.buffers) if (!buffers.has(buffer)) bindings++;
    return stages < MOST_STAGES && bindings <= this.limits.maxStorageBuffersPerShaderStage;
  }

  /** What a stage touches in a block of a form: found by writing it. */
  private sketch(stage: Stage, form: BlockForm): Sketch {
    const known = this.sketches.get(stage.draft) ?? new Map<string, Sketch>();
    this.sketches.set(stage.draft, known);
    const by = form.form === 'fold' ? form.by : '';
    const key = stage.sweep ? `${stage.sweep.order} ${by}` : `own ${by}`;
    let sketch = known.get(key);
    if (!sketch) {
      const source = this.drafting.sketch();
      const writer: KernelWriter = this.drafting.writer(source);
      writeBlock(writer, stageForm(stage, form), [stage]);
      sketch = { reads: writer.reads, writes: writer.writes, buffers: source.buffers };
      known.set(key, sketch);
    }
    return sketch;
  }
}

/** A form in which the stage can stand alone. */
function stageForm({ draft, sweep }: Stage, form: BlockForm): BlockForm {
  return sweep || form.form === 'fold' ? form : formOfWork(draft.work);
}

/**
 * The ways in which a draft may go on in a block: null for each element or output of its threads, or in a loop over
 * rows or columns that another stage goes over too.
 */
function sweepsFor({ form, stages }: Block, { work }: Draft): (Sweep | null)[] {
  switch (form.form) {
    case 'map':
      return work.form === 'map' && work.count === form.count ? [null] : [];
    case 'tile':
      return work.form === 'map' && work.count === form.count ? [null] : [];
    case 'fold':
      if (work.form === 'fold') {
        return work.outputs === form.outputs && work.by === form.by ? [null] : [];
      }
      if (work.form !== 'map') return [];
      return work.count === form.outputs ? [null] : sweepsOf(stages, form, work.count);
  }
}

/**
 * A loop over rows or columns by fewer threads leaves cores idle that a kernel of its own would use; that is worth
 * a dispatch only for loops longer than this.
 */
const LEAST_THREADS = 16;
const SHORT_LOOP = 256;
/** Elements for each thread of a GPU above which a kernel of its own, with more threads, takes less time. */
const MOST_ELEMENTS = 64;

function sweepsOf(
  stages: readonly Stage[],
  { outputs, by }: Extract<BlockForm, { form: 'fold' }>,
  count: number,
): Sweep[] {
  const threads = by === 'thread' ? outputs : outputs * COOPERATIVE_THREADS;
  const each = count / threads;
  if (by === 'workgroup' ? each > MOST_ELEMENTS : threads < LEAST_THREADS && each > SHORT_LOOP) {
    return [];
  }
  const found: Sweep[] = [];
  for (const { draft, sweep } of stages) {
    const own = sweep ?? (draft.work.form === 'fold' ? draft.work.sweep : null);
    if (!own || own.outputs * own.terms !== count) continue;
    if (!found.some(({ order }) => order === own.order)) found.push(own);
  }
  return found;
}

/** How a stage that comes later meets what a block does: reading with reading is nothing. */
function meeting(block: Block, later: Sketch): 'nowhere' | 'in threads' | 'across threads' {
  const meetings = [
    block.writes.meet(later.reads),
    block.reads.meet(later.writes),
    block.writes.meet(later.writes),
  ];
  if (meetings.includes('across threads')) return 'across threads';
  return meetings.includes('in threads') ? 'in threads' : 'nowhere';
}

function sharesReads(block: Block, sketch: Sketch): boolean {
  return block.reads.meet(sketch.reads) !== 'nowhere';
}

function copyOf({ form, stages, reads, writes }: Block): Block {
  const copy = { form, stages: [...stages], reads: new Accesses(), writes: new Accesses() };
  copy.reads.addAll(reads);
  copy.writes.addAll(writes);
  return copy;
}

function settle({ group, block, stage, sketch }: Home): void {
  for (const buffer of sketch.buffers) group.buffers.add(buffer);
  if (block) {
    block.stages.push(stage);
    block.reads.addAll(sketch.reads);
    block.writes.addAll(sketch.writes);
  } else {
    const form = formOfWork(stage.draft.work);
    group.blocks.push(copyOf({ form, stages: [stage], ...sketch }));
  }
}

/** Writes a kernel's blocks; each writer knows afterwards what its block covers and touches. */
export function writeGroup(
  { blocks }: KernelGroup,
  newWriter: (block: Block) => KernelWriter,
): KernelWriter[] {
  return blocks.map((block) => {
    const writer = newWriter(block);
    writeBlock(writer, block.form, block.stages);
    return writer;
  });
}

/** About how many threads work at a block, where each works alone. */
function threadsOfForm(form: BlockForm): number {
  switch (form.form) {
    case 'map':
      return form.count;
    case 'fold':
      return form.outputs;
    case 'tile':
      return form.count / RESULTS_OF_TILE;
  }
}

function idleCost({ form }: BlockForm): number {
  return form === 'tile' ? 1 : IDLE_COST_OF_OTHERS;
}

/** Threads of a workgroup: all that share work have the same; else by how many there are in all. */
export function threadsOf({ blocks }: KernelGroup, cooperative: boolean): number {
  if (cooperative) return COOPERATIVE_THREADS;
  const most = Math.max(
    ...blocks.map(({ form }) => (form.form === 'tile' ? 0 : threadsOfForm(form))),
  );
  // Few threads, or such with much to do, in small groups, so that they spread evenly over the cores; many in large
  // ones, which cost less.
  return most >= 65_536 ? 256 : most >= 2048 ? 64 : 16;
}
