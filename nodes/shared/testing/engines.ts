import type { Engine } from '../../../src/engine/engine';
import { createReferenceEngine } from '../../../src/engine/reference/referenceEngine';
import { createTfjsEngine } from '../../../src/engine/tfjs/createTfjsEngine';
import { nodeWasmPaths } from '../../../src/engine/tfjs/nodeWasm';

/** Engines that run in Node: float64, and float32 in two ways. */
export const NODE_ENGINES = ['reference', 'tfjs on wasm', 'tfjs on cpu'] as const;

export async function openEngine(name: (typeof NODE_ENGINES)[number]): Promise<Engine> {
  if (name === 'reference') return createReferenceEngine();
  const backend = name === 'tfjs on wasm' ? 'wasm' : 'cpu';
  const made = await createTfjsEngine({ backend, wasmPaths: nodeWasmPaths() });
  if (!made.ok) throw new Error(made.diagnostics.map(({ message }) => message).join());
  return made.value;
}
