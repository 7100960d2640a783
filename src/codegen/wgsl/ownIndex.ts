/** Name of the number of a thread's own element, or of the one that a workgroup works on. */
export const OWN_INDEX = 'i';

/** Name of the index of a thread's own element among `count`. */
export function ownIndex(count: number): string {
  return count === 1 ? '0u' : OWN_INDEX;
}

/** The owner (see `Accesses`) of elements that only the thread of their number touches, at the start of a storage. */
export const OWN_ELEMENTS = `${OWN_INDEX}+0`;
