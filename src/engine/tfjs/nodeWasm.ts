import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type { WasmPaths } from './loadBackend';

/** Where the wasm binaries are on disk, for Node. */
export function nodeWasmPaths(): WasmPaths {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  return dirname(main) + sep;
}
