import { defined, invariant } from '../core/invariant';
import { elementCount, type AnyValue, type Value } from '../ir/types';
import { affineIndex, rowMajorStrides } from './affineIndex';
import { MAX_INLINE_PARTS } from './chooseRoots';
import { opName, ownIndex, type Draft } from './draft';
import {
  accumulationChunks,
  combineParts,
  writeAccumulation,
  writePartialAccumulation,
  type Accumulation,
} from './kernels/accumulate';
import { writeArgReduction } from './kernels/argReduction';
import { convolutionAccumulation } from './kernels/convolution';
import { directMatmulExtents, writeDirectMatmul } from './kernels/directMatmul';
import { isTiled, matmulAsAccumulation, matmulShape, writeMatmul } from './kernels/matmul';
import { reductionAccumulation } from './kernels/reduction';
import { writeSampleRows } from './kernels/sampleRows';
import { scatterAccumulation } from './kernels/scatterAdd';
import { KernelWriter } from './kernelWriter';
import { isKernelValue, type KernelValue } from './opForms';
import type { Places } from './places';
import type { KernelKind, PlanLimits, Ref, Storage } from './plan';
import type { ProgramIndex } from './programIndex';
import { aliasOffset } from './viewMap';

/** Makes the drafts of values, splitting expressions that touch more arrays than a kernel may. */
export class Drafting {
  private readonly extents = new Map<string, Ref>();

  constructor(
    private readonly places: Places,
    private readonly index: ProgramIndex,
    private readonly limits: PlanLimits,
    private readonly cooperative: boolean,
  ) {}

  writer(internal?: ReadonlySet<Storage>): KernelWriter {
    const most = this.limits.maxComputeWorkgroupsPerDimension;
    return new KernelWriter(this.places.refOf, most, internal);
  }

  /** The drafts that compute a root and put it in memory, in order. */
  root(value: Value): Draft[] {
    const any = value as AnyValue;
    if (any.kind === 'constant') {
      const length = elementCount(value.shape);
      const fill = { fill: any.attributes.value };
      const storage = this.places.create('literal', `%${value.id}`, value.dtype, length, fill);
      this.places.put(value, { storage, offset: 0 });
      return [];
    }
    return isKernelValue(any) ? this.kernel(any) : this.map(value);
  }

  /** A copy of a value, whatever its form, to another place. */
  copy(value: Value, target: Ref, label: string): Draft {
    const count = elementCount(value.shape);
    return this.elementwise(null, label, count, (w) => {
      w.store(target, ownIndex(count), w.emit(value, ownIndex(count)));
    });
  }

  /** A kernel of one thread an element, from what one thread does. */
  elementwise(
    value: Value | null,
    label: string,
    count: number,
    body: (writer: KernelWriter) => void,
  ): Draft {
    const draft = this.draft('map', value, label, (w) => {
      w.gridOfElements(count);
      body(w);
    });
    return { ...draft, elementwise: { count, body } };
  }

  draft(
    kind: KernelKind,
    value: Value | null,
    label: string,
    write: (writer: KernelWriter) => void,
  ): Draft {
    const writer = this.writer();
    write(writer);
    return { kind, value, label, write, uses: writer.uses };
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
    const at = ownIndex(count);
    const before = this.splitUntilItFits(value, (w) => void w.compute(value, at));
    const target = this.place(value);
    const own = this.elementwise(value, this.label(value), count, (w) => {
      const element = w.compute(value, at);
      w.store(target(), at, element);
    });
    return [...before, own];
  }

  /** One kernel for each operand, each writing its part. */
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
      drafts.push(
        this.draft('map', value, `${this.label(value)}.${number}`, (w) => {
          w.gridOfElements(elementCount(part.shape));
          const element = w.emit(part, 'i');
          w.store(target(), w.let(affineIndex('i', part.shape, strides, offset)), element);
        }),
      );
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
      case 'conv2dInputGradient':
      case 'conv2dFilterGradient':
        return this.accumulation(value, convolutionAccumulation(value));
      case 'dot': {
        if (!isTiled(matmulShape(value))) {
          return this.accumulation(value, matmulAsAccumulation(value));
        }
        const target = this.place(value);
        const write = this.cooperative
          ? (w: KernelWriter): void => writeMatmul(w, value, target())
          : (w: KernelWriter): void =>
              writeDirectMatmul(w, value, this.directExtents(value), target());
        return [this.draft('matmul', value, this.label(value), write)];
      }
      case 'argReduce': {
        const from = defined(value.operands[0], 'operand');
        const before = this.splitUntilItFits(value, (w) => void w.emit(from, 'i'));
        const target = this.place(value);
        const write = (w: KernelWriter): void => writeArgReduction(w, value, target());
        return [...before, this.draft('accumulate', value, this.label(value), write)];
      }
      case 'sampleRows': {
        const target = this.place(value);
        const write = (w: KernelWriter): void => writeSampleRows(w, value, target());
        return [this.draft('map', value, this.label(value), write)];
      }
    }
  }

  /** The extents of a product in memory, once for all products that have the same. */
  private directExtents(value: Value<'dot'>): Ref {
    const values = directMatmulExtents(matmulShape(value));
    const name = `extents ${values.join(' ')}`;
    const known = this.extents.get(name);
    if (known) return known;
    const storage = this.places.create('literal', name, 'i32', values.length, { values });
    const ref = { storage, offset: 0 };
    this.extents.set(name, ref);
    return ref;
  }

  private accumulation(value: Value, accumulation: Accumulation): Draft[] {
    const before = this.splitUntilItFits(value, (w) => void accumulation.term(w, 'i', 'r'));
    const target = this.place(value);
    const label = this.label(value);
    const chunks = accumulationChunks(accumulation, this.cooperative);
    if (chunks === 1) {
      const write = (w: KernelWriter): void =>
        writeAccumulation(w, accumulation, this.cooperative, target());
      return [...before, this.draft('accumulate', value, label, write)];
    }
    const length = accumulation.outputs * chunks;
    const parts: Ref = {
      storage: this.places.create('temporary', `%${value.id}.parts`, value.dtype, length),
      offset: 0,
    };
    const combined = combineParts(accumulation, chunks, parts);
    return [
      ...before,
      this.draft('accumulate', value, `${label}.parts`, (w) =>
        writePartialAccumulation(w, accumulation, chunks, parts),
      ),
      this.draft('accumulate', value, label, (w) => writeAccumulation(w, combined, true, target())),
    ];
  }

  /** Gives parts of an expression kernels of their own until it touches few enough arrays, with its result. */
  private splitUntilItFits(root: Value, compute: (writer: KernelWriter) => void): Draft[] {
    const most = this.limits.maxStorageBuffersPerShaderStage - 1;
    const drafts: Draft[] = [];
    for (;;) {
      const writer = this.writer();
      compute(writer);
      if (writer.uses.size <= most) return drafts;
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
    const writer = this.writer();
    writer.compute(value, 'i');
    return writer.uses.size;
  }
}
