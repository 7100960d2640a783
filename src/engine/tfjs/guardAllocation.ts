import { OutOfMemoryError } from '../outOfMemoryError';

/** What Emscripten's module allocates with. */
export interface AllocatingModule {
  _malloc(byteLength: number): number;
  _free(address: number): void;
}

/**
 * What 32-bit addresses reach (65 536 pages of 64 KiB), less a sixteenth for what kernels need for themselves and for the
 * gaps between arrays.
 */
export const WASM_MEMORY_LIMIT = 2 ** 32 - 2 ** 28;

/**
 * `malloc` answers 0 where the memory cannot grow any more, and TensorFlow.js would write to that address: over what the
 * module needs to run at all. Lets it throw an `OutOfMemoryError` instead.
 */
export function guardAllocation(module: AllocatingModule): void {
  // The first call puts the function in its final place.
  module._free(module._malloc(1));
  const malloc = module._malloc;
  module._malloc = (byteLength) => {
    const address = malloc(byteLength);
    if (address === 0 && byteLength > 0) {
      throw new OutOfMemoryError({
        subject: 'The memory of WebAssembly is full: the next array takes',
        needs: byteLength,
        limit: null,
      });
    }
    return address;
  };
}
