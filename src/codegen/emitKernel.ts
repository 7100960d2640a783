import { defined } from '../core/invariant';
import { writeFusedKernel, type FusedKernel } from './fusion/fusedKernel';
import { workgroupSize } from './fusion/threads';
import type { LoweringContext } from './lowering/loweringContext';
import type { BufferAssignment } from './memory/assignBuffers';
import { opName } from './opName';
import { ELEMENT_BYTES, type Kernel, type KernelKind, type Storage } from './plan';
import { KernelSource } from './wgsl/kernelSource';

/** A kernel of several kinds is of the first of these. */
const KINDS: readonly KernelKind[] = ['matmul', 'accumulate', 'map', 'counter'];

/** Writes a fused kernel as WGSL, over buffers that have been assigned. */
export function emitKernel(
  kernel: FusedKernel,
  lowering: LoweringContext,
  { buffers, placeOf }: BufferAssignment,
  inRegisters: ReadonlySet<Storage>,
): Kernel {
  const { cooperative, limits } = lowering.target;
  const source = new KernelSource(
    {
      placeOf: ({ id, name }) => defined(placeOf.get(id), `place of ${name}`),
      lengthOf: (buffer) => defined(buffers[buffer], 'buffer').byteLength / ELEMENT_BYTES,
    },
    workgroupSize(kernel, cooperative),
    limits.maxComputeWorkgroupsPerDimension,
  );
  const writers = writeFusedKernel(kernel, () => lowering.writer(source, inRegisters));
  const lowered = kernel.blocks.flatMap(({ stages }) => stages.map((stage) => stage.kernel));
  const results = lowered.flatMap(({ value }) => value ?? []);
  const covered = writers.flatMap((writer) => [...writer.covered]);
  const values = [...new Set([...covered, ...results])].sort((a, b) => a.id - b.id);
  const kinds = new Set(lowered.map(({ kind }) => kind));
  return {
    name: lowered.map(({ label }) => label).join(', '),
    kind: KINDS.find((kind) => kinds.has(kind)) ?? 'map',
    nodes: [...new Set(values.flatMap(({ origin }) => origin ?? []))],
    ops: values.map(opName),
    ...source.finish(),
  };
}
