import type { SessionEvent, Snapshot } from '../src/training/sessionState';

/** The buffers of an event, which its sender gives away. Arrays that are views of a larger buffer are left out. */
export function eventBuffers(event: SessionEvent): Transferable[] {
  switch (event.kind) {
    case 'metrics':
      return arrayBuffers([event.rows.values]);
    case 'snapshot':
      return snapshotBuffers(event.snapshot);
    case 'state':
    case 'engine':
    case 'diagnostics':
      return [];
  }
}

export function snapshotBuffers({ state }: Snapshot): Transferable[] {
  return arrayBuffers([...state.values()]);
}

/** The buffers of arrays, without those that the arrays are only views into. */
export function arrayBuffers(
  arrays: readonly (Float32Array | Int32Array | Float64Array)[],
): Transferable[] {
  return arrays
    .filter(({ byteLength, buffer }) => byteLength === buffer.byteLength)
    .map(({ buffer }) => buffer)
    .filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer);
}
