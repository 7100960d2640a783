import { defined, invariant } from '../../core/invariant';
import { rowMajorStrides } from '../../ir/strides';
import { elementCount, type AnyValue, type Value } from '../../ir/types';
import { affineIndex } from '../views/affineIndex';
import { Arenas } from '../memory/arenas';
import { formOfWork, writeBlock } from '../wgsl/blockWriting';
import { MAX_INLINE_PARTS } from './chooseRoots';
import { opName, ownIndex, type Draft, type ElementBody, type Work } from './draft';
import {
  accumulationChunks,
  accumulator,
  combineParts,
  sumOfParts,
  writeAccumulation,
  writePartialAccumulation,
  type Accumulation,
} from '../wgsl/kernels/accumulate';
import type { Tiling } from '../wgsl/kernels/chooseThreadTile';
import { writeArgReduction } from '../wgsl/kernels/argReduction';
import {
  filterGradientParts,
  writeConvolution,
  writeFilterGradient,
  writeInputGradient,
  type Convolution,
} from '../wgsl/kernels/convolution';
import { writeDirectProduct } from '../wgsl/kernels/directProduct';
import {
  isTiled,
  partsOf,
  productAsAccumulation,
  productOf,
  productParts,
  productShape,
} from '../wgsl/kernels/product';
import { reductionAccumulation } from '../wgsl/kernels/reduction';
import { writeSampleRows } from '../wgsl/kernels/sampleRows';
import { scatterAccumulation } from '../wgsl/kernels/scatterAdd';
import { writeStagedProduct } from '../wgsl/kernels/stagedProduct';
import { KernelSource } from '../wgsl/kernelSource';
import { KernelWriter } from '../wgsl/kernelWriter';
import { isKernelValue, type KernelValue } from './opForms';
import type { Places } from '../memory/places';
import { whole, type KernelKind, type PlanLimits, type Ref, type Storage } from '../plan';
import type { ProgramIndex } from './programIndex';
import { aliasOffset, isFlat } from '../views/viewMap';

/** Threads of the workgroups of kernels in which they share work. */
export const COOPERATIVE_THREADS = 64;

/** Makes the drafts of values, splitting expressions that touch more buffers than a kernel may bind. */
export class Drafting {
  readonly arenas: Arenas;

  constructor(
    private readonly places: Places,
    private readonly index: ProgramIndex,
    private readonly limits: PlanLimits,
    readonly cooperative: boolean,
    /** For threads that work alone. */
    private readonly tiling: Tiling,
  ) {
    this.arenas = new Arenas(limits);
  }

  /** A source of which only what it touches is asked for: places in memory are not known yet. */
  sketch(): KernelSource {
    return new KernelSource(
      {
        placeOf: (storage) => ({ buffer: this.arenas.of(storage), offset: 0 }),
        lengthOf: () => null,
      },
      COOPERATIVE_THREADS,
      this.limits.maxComputeWorkgroupsPerDimension,
    );
  }

  writer(source: KernelSource, internal?: ReadonlySet<Storage>): KernelWriter {
    return new KernelWriter(source, this.places.refOf, internal);
  }

  /** The drafts that compute a root and put it in memory, in order. */
  root(value: Value): Draft[] {
    const any = value as AnyValue;
    if (any.kind === 'constant') {
      const length = elementCount(value.shape);
      const fill = { fill: any.attributes.value };
      const storage = this.places.create('literal', `%${value.id}`, value.dtype, length, fill);
      this.places.put(value, whole(storage));
      return [];
    }
    if (any.kind === 'concat' && isFlat(any)) return this.flatConcat(any);
    return isKernelValue(any) ? this.kernel(any) : this.map(value);
  }

  /** A copy of a value, whatever its form, to another place. */
  copy(value: Value, target: Ref, label: string): Draft {
    return this.elementwise(null, label, elementCount(value.shape), (w, at) => {
      w.store(target, at, w.emit(value, at));
    });
  }

  /** A draft of one thread an element, from what one thread does. */
  elementwise(value: Value | null, label: string, count: number, body: ElementBody): Draft {
    return this.draft('map', value, label, { form: 'map', count, body });
  }

  draft(kind: KernelKind, value: Value | null, label: string, work: Work): Draft {
    const writer = this.writer(this.sketch());
    writeBlock(writer, formOfWork(work), [{ draft: { work }, sweep: null }]);
    return { kind, value, label, work, uses: { reads: writer.reads, writes: writer.writes } };
  }

  private label(value: Value): string {
    return `${opName(value)} %${value.id}`;
  }

  /** Gives a value its place, and returns how to find it later: it may be moved. */
  private place(value: Value): () => Ref {
    this.places.put(value, this.places.temporary(value));
    return () => defined(this.places.refOf(value), 'place');
  }

  private map(value: Value): Draft[] {
    if (value.kind === 'concat' && value.operands.length > MAX_INLINE_PARTS) {
      return this.concatParts(value as Value<'concat'>);
    }
    const count = elementCount(value.shape);
    const before = this.splitUntilItFits(value, (w) => void w.compute(value, ownIndex(count)));
    const target = this.place(value);
    const own = this.elementwise(value, this.label(value), count, (w, at) => {
      const element = w.compute(value, at);
      w.store(target(), at, element);
    });
    return [...before, own];
  }

  /** One draft for each operand, each writing its part. */
  private concatParts(value: Value<'concat'>): Draft[] {
    const { axis } = value.attributes;
    const strides = rowMajorStrides(value.shape);
    const drafts: Draft[] = [];
    const target = this.place(value);
    let start = 0;
    value.operands.forEach((part, number) => {
      const offset = start * defined(strides[axis], 'stride');
      start += defined(part.shape[axis], 'extent');
      drafts.push(...this.splitUntilItFits(value, (w) => void w.emit(part, 'i')));
      const label = `${this.label(value)}.${number}`;
      drafts.push(
        this.elementwise(value, label, elementCount(part.shape), (w, at) => {
          const element = w.emit(part, at);
          w.store(target(), w.let(affineIndex(at, part.shape, strides, offset)), element);
        }),
      );
    });
    return drafts;
  }

  /**
   * Parts one behind the other in memory: kernels whose result is a part write it there directly, and only the
   * other parts are copied.
   */
  private flatConcat(value: Value<'concat'>): Draft[] {
    const length = elementCount(value.shape);
    const storage = this.places.create('temporary', `%${value.id}`, value.dtype, length);
    this.places.put(value, whole(storage));
    const drafts: Draft[] = [];
    let offset = 0;
    value.operands.forEach((part, number) => {
      const target: Ref = { storage, offset, length: elementCount(part.shape) };
      offset += target.length;
      if (this.places.moveTo(part, target)) return;
      const label = `${this.label(value)}.${number}`;
      drafts.push(...this.splitUntilItFits(value, (w) => void w.emit(part, 'i')));
      drafts.push({ ...this.copy(part, target, label), value });
    });
    return drafts;
  }

  private kernel(value: KernelValue): Draft[] {
    switch (value.kind) {
      case 'reduce':
        return this.accumulation(value, reductionAccumulation(value));
      case 'scatterAdd':
        return this.accumulation(value, scatterAccumulation(value));
      case 'conv2d':
        return [this.tile(value, (w, target, each) => writeConvolution(w, value, this.places.refOf, target, each, this.tiling))]; // prettier-ignore
      case 'conv2dInputGradient':
        return [this.tile(value, (w, target, each) => writeInputGradient(w, value, this.places.refOf, target, each, this.tiling))]; // prettier-ignore
      case 'conv2dFilterGradient':
        return this.inParts(value, filterGradientParts(value, this.tiling), (w, target, each) => writeFilterGradient(w, value, this.places.refOf, target, each, this.tiling)); // prettier-ignore
      case 'dot':
        return isTiled(productShape(value))
          ? this.product(value)
          : this.accumulation(value, productAsAccumulation(value, this.places.refOf));
      case 'argReduce': {
        const from = defined(value.operands[0], 'operand');
        const before = this.splitUntilItFits(value, (w) => void w.emit(from, 'i'));
        const target = this.place(value);
        const outputs = elementCount(value.shape);
        const own = this.draft('accumulate', value, this.label(value), {
          form: 'fold',
          outputs,
          by: 'thread',
          sweep: null,
          body: (w) => writeArgReduction(w, value, target()),
        });
        return [...before, own];
      }
      case 'sampleRows': {
        const target = this.place(value);
        const count = elementCount(value.shape);
        return [
          this.elementwise(value, this.label(value), count, (w, at) =>
            writeSampleRows(w, value, at, target()),
          ),
        ];
      }
    }
  }

  private product(value: Value<'dot'>): Draft[] {
    const write = this.cooperative ? writeStagedProduct : writeDirectProduct;
    const parts = productParts(productShape(value), this.cooperative);
    return this.inParts(value, parts, (w, target, each) => {
      const product = productOf(value, this.places.refOf);
      write(w, parts === 1 ? product : partsOf(product, parts), target, each, this.tiling);
    });
  }

  /** A tile of partial sums, and of several the sums of these. */
  private inParts(
    value: Value<'dot'> | Convolution,
    parts: number,
    write: (w: KernelWriter, target: Ref, each: ElementBody) => void,
  ): Draft[] {
    if (parts === 1) return [this.tile(value, write)];
    const outputs = elementCount(value.shape);
    const name = `%${value.id}.parts`;
    const partial = whole(this.places.create('temporary', name, 'f32', parts * outputs));
    const target = this.place(value);
    const label = this.label(value);
    return [
      this.draft('matmul', value, `${label}.parts`, {
        form: 'tile',
        count: partial.length,
        body: (w, each) => write(w, partial, each),
      }),
      this.fold(value, label, sumOfParts(outputs, parts, partial), target),
    ];
  }

  private tile(
    value: Value<'dot'> | Convolution,
    write: (w: KernelWriter, target: Ref, each: ElementBody) => void,
  ): Draft {
    const target = this.place(value);
    return this.draft('matmul', value, this.label(value), {
      form: 'tile',
      count: elementCount(value.shape),
      body: (w, each) => write(w, target(), each),
    });
  }

  private accumulation(value: Value, accumulation: Accumulation): Draft[] {
    const before = this.splitUntilItFits(value, (w) => void accumulation.term(w, 'i', 'r'));
    const target = this.place(value);
    const label = this.label(value);
    const chunks = accumulationChunks(accumulation, this.cooperative);
    if (chunks === 1) {
      return [...before, this.fold(value, label, accumulation, target)];
    }
    const { outputs, terms } = accumulation;
    const length = outputs * chunks;
    const parts = whole(this.places.create('temporary', `%${value.id}.parts`, value.dtype, length));
    const each = { outputs: length, terms: Math.ceil(terms / chunks) };
    const by = accumulator(each, this.cooperative);
    return [
      ...before,
      this.draft('accumulate', value, `${label}.parts`, {
        form: 'fold',
        outputs: length,
        by,
        sweep: null,
        body: (w) => writePartialAccumulation(w, accumulation, chunks, by, parts),
      }),
      this.fold(value, label, combineParts(accumulation, chunks, parts), target),
    ];
  }

  private fold(value: Value, label: string, accumulation: Accumulation, target: () => Ref): Draft {
    const { outputs, sweep } = accumulation;
    const by = accumulator(accumulation, this.cooperative);
    return this.draft('accumulate', value, label, {
      form: 'fold',
      outputs,
      by,
      sweep,
      body: (w) => writeAccumulation(w, accumulation, by, target()),
    });
  }

  /** Gives parts of an expression kernels of their own until it touches few enough buffers, with its result. */
  private splitUntilItFits(root: Value, compute: (writer: KernelWriter) => void): Draft[] {
    const most = this.limits.maxStorageBuffersPerShaderStage - 1;
    const drafts: Draft[] = [];
    for (;;) {
      const source = this.sketch();
      const writer = this.writer(source);
      compute(writer);
      if (source.buffers.size <= most) return drafts;
      let best: Value | null = null;
      let bestTouched = 1;
      for (const value of writer.covered) {
        if (value === root || aliasOffset(value) !== null) continue;
        if (this.index.phaseOf.get(value) !== this.index.phaseOf.get(root)) continue;
        const touched = this.touchedBy(value);
        if (touched > bestTouched && touched <= most) [best, bestTouched] = [value, touched];
      }
      invariant(best, `%${root.id} touches too many arrays and cannot be split`);
      drafts.push(...this.root(best));
    }
  }

  private touchedBy(value: Value): number {
    const source = this.sketch();
    this.writer(source).compute(value, 'i');
    return source.buffers.size;
  }
}
