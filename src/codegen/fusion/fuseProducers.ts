import type { LoweredKernel } from '../lowering/loweredKernel';
import type { ElementwiseNest } from '../wgsl/loopNest';
import type { Footprint } from './fusedKernel';

/**
 * Producer–consumer fusion: elementwise kernels whose results only elementwise kernels of the same elements read are
 * done together with the first of these. By themselves they would be moved up to fill a dispatch that they do not need,
 * and their results would go through memory: the moments of an optimizer, say, that do not wait for the gradient's norm.
 */
export function fuseProducers(
  kernels: readonly LoweredKernel[],
  footprintOf: (kernel: LoweredKernel) => Footprint,
  mostBuffers: number,
): LoweredKernel[] {
  const order = [...kernels];
  for (let place = order.length - 2; place >= 0; place--) {
    const producer = order[place];
    if (producer?.nest.kind !== 'elementwise') continue;
    const reader = firstReader(order, place, footprintOf);
    const consumer = reader === null ? undefined : order[reader];
    if (reader === null || consumer?.nest.kind !== 'elementwise') continue;
    const buffers = new Set([...footprintOf(producer).buffers, ...footprintOf(consumer).buffers]);
    if (buffers.size > mostBuffers) continue;
    order[reader] = together(producer, producer.nest, consumer, consumer.nest);
    order.splice(place, 1);
  }
  return order;
}

/** Place of the kernel that a producer may be put in front of; null when it must stay where it is. */
function firstReader(
  order: readonly LoweredKernel[],
  place: number,
  footprintOf: (kernel: LoweredKernel) => Footprint,
): number | null {
  const producer = order[place];
  if (producer?.nest.kind !== 'elementwise') return null;
  const own = footprintOf(producer);
  if ([...own.writes.storages].some(({ role }) => role !== 'temporary')) return null;
  let first: number | null = null;
  for (let later = place + 1; later < order.length; later++) {
    const other = order[later];
    if (!other) continue;
    const { reads, writes } = footprintOf(other);
    if (own.writes.dependence(writes) !== 'none') return null;
    const read = own.writes.dependence(reads);
    // Behind the first reader it does not matter any more what it read itself.
    const overwritten = first === null ? own.reads.dependence(writes) : 'none';
    if (overwritten === 'across threads' || (overwritten !== 'none' && read === 'none')) {
      return null;
    }
    if (read === 'none') continue;
    const equal = other.nest.kind === 'elementwise' && other.nest.count === producer.nest.count;
    if (!equal || read === 'across threads') return null;
    first ??= later;
  }
  return first;
}

function together(
  producer: LoweredKernel,
  before: ElementwiseNest,
  consumer: LoweredKernel,
  after: ElementwiseNest,
): LoweredKernel {
  return {
    ...consumer,
    label: `${producer.label}, ${consumer.label}`,
    nest: {
      kind: 'elementwise',
      count: before.count,
      body: (w, index) => {
        before.body(w, index);
        after.body(w, index);
      },
    },
  };
}
