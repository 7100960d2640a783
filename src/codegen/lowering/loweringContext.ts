import { defined } from '../../core/invariant';
import { elementCount, type Value } from '../../ir/types';
import type { ProgramIndex } from '../materialisation/programIndex';
import { Arenas } from '../memory/arenas';
import type { Places } from '../memory/places';
import { opName } from '../opName';
import type { KernelKind, PlanLimits, Ref, Storage } from '../plan';
import type { Tiling } from '../wgsl/kernels/chooseThreadTile';
import { KernelSource } from '../wgsl/kernelSource';
import { KernelWriter } from '../wgsl/kernelWriter';
import type { ElementBody, LoopNest } from '../wgsl/loopNest';
import { writeBlock } from '../wgsl/writeBlock';
import type { LoweredKernel } from './loweredKernel';

/** Threads of the workgroups of kernels in which they share work. */
export const COOPERATIVE_THREADS = 64;

/** What the machine is like that kernels are lowered for. */
export interface Target {
  readonly limits: PlanLimits;
  /** Whether threads of a workgroup share memory and wait for each other. */
  readonly cooperative: boolean;
  /** For threads that work alone. */
  readonly tiling: Tiling;
}

/** What the rules of kernel lowering share: where values are, and how a kernel is made of a loop nest. */
export abstract class LoweringContext {
  private readonly arenas: Arenas;

  constructor(
    readonly places: Places,
    readonly index: ProgramIndex,
    readonly target: Target,
  ) {
    this.arenas = new Arenas(target.limits);
  }

  /** The kernels that compute a value and put it in memory, in order. */
  abstract lower(value: Value): LoweredKernel[];

  /** Number of the buffer that a storage belongs to, among the buffers of all storages asked for. */
  readonly arenaOf = (storage: Storage): number => this.arenas.of(storage);

  /** A source that is written only to see what it touches: offsets in buffers are not known yet. */
  dryRun(): KernelSource {
    return new KernelSource(
      {
        placeOf: (storage) => ({ buffer: this.arenaOf(storage), offset: 0 }),
        lengthOf: () => null,
      },
      COOPERATIVE_THREADS,
      this.target.limits.maxComputeWorkgroupsPerDimension,
    );
  }

  /** `inRegisters`: storages whose elements stay in registers. */
  writer(source: KernelSource, inRegisters?: ReadonlySet<Storage>): KernelWriter {
    return new KernelWriter(source, this.places.refOf, inRegisters);
  }

  kernel(kind: KernelKind, value: Value | null, label: string, nest: LoopNest): LoweredKernel {
    const writer = this.writer(this.dryRun());
    writeBlock(writer, nest, [{ nest, innerLoop: null }]);
    return { kind, value, label, nest, accesses: { reads: writer.reads, writes: writer.writes } };
  }

  /** A kernel of one thread an element, from what one thread does. */
  elementwise(value: Value | null, label: string, count: number, body: ElementBody): LoweredKernel {
    return this.kernel('map', value, label, { kind: 'elementwise', count, body });
  }

  /** A copy of a value, whatever its form, to another place. */
  copy(value: Value, target: Ref, label: string): LoweredKernel {
    return this.elementwise(null, label, elementCount(value.shape), (w, at) => {
      w.store(target, at, w.emit(value, at));
    });
  }

  label(value: Value): string {
    return `${opName(value)} %${value.id}`;
  }

  /** Gives a value its place, and returns how to find it later: it may be moved. */
  place(value: Value): () => Ref {
    this.places.put(value, this.places.temporary(value));
    return () => defined(this.places.refOf(value), 'place');
  }
}
