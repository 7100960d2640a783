import * as tf from '@tensorflow/tfjs-core';
// As the package `@tensorflow/tfjs` does.
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { defined } from '../../src/core/invariant';
import { makeArrays } from '../workloads/arrays';
import { ADAM, FOUND, isSearching, type Model } from '../workloads/workload';
import { UnsupportedError, type BenchEngine, type Training } from './contract';
import { tfjsLoss } from './tfjsModels';
import { tfjsSearch } from './tfjsSearches';

/** Plain TensorFlow.js on WebGPU: eager operations, its own gradients and its own Adam. */
export async function tfjsWebGPU(): Promise<BenchEngine> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  await choose('webgpu');
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) throw new Error('the backend is of an unknown kind');
  return {
    backend: 'webgpu',
    start: async ({ model }) =>
      start(model, async () => {
        // What it does itself before it reads.
        backend.ensureCommandEncoderReady();
        backend.endComputePassEncoder();
        backend.submitQueue();
        await backend.queue.onSubmittedWorkDone();
      }),
  };
}

/** Plain TensorFlow.js on WebAssembly. */
export async function tfjsWasm(): Promise<BenchEngine> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const { browserWasmPaths } = await import('../../src/engine/tfjs/browserWasm');
  wasm.setWasmPaths(browserWasmPaths);
  await choose('wasm');
  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true;
  const threads = wasm.getThreadsCount();
  return {
    backend: `wasm${simd ? ' with SIMD' : ''}, ${threads} thread${threads === 1 ? '' : 's'}`,
    start: ({ model }) => start(model, null),
  };
}

async function choose(name: 'webgpu' | 'wasm'): Promise<void> {
  tf.enableProdMode();
  if (!(await tf.setBackend(name))) throw new Error(`TensorFlow.js has no ${name} here`);
  await tf.ready();
}

/** `finish` waits for a device; null where operations are done when they return. */
async function start(model: Model, finish: (() => Promise<void>) | null): Promise<Training> {
  const { data, weights } = makeArrays(model);
  const tensors = new Map<string, tf.Tensor>();
  for (const { name, shape, values } of data) tensors.set(name, tf.tensor(values, [...shape]));
  const variables = weights.map(({ name, shape, values }) => {
    const variable = tf.tidy(() => tf.variable(tf.tensor(values, [...shape])));
    tensors.set(name, variable);
    return variable;
  });
  const get = <T extends tf.Tensor>(name: string): T => defined(tensors.get(name), name) as T;
  const optimizer = tf.train.adam(ADAM.learningRate, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
  const search = isSearching(model) ? tfjsSearch(model) : null;
  let loss: tf.Scalar | null = null;
  const step = (): void => {
    loss?.dispose();
    // Outside of what is recorded for the weights: no gradient goes into how it is found.
    const found = search?.find(get);
    if (found) tensors.set(FOUND, found);
    loss = optimizer.minimize(() => tfjsLoss(model, get), true, variables);
    tensors.delete(FOUND);
    if (found) search?.keep(found);
  };
  const dispose = (): void => {
    loss?.dispose();
    search?.dispose();
    optimizer.dispose();
    tensors.forEach((tensor) => tensor.dispose());
  };
  try {
    step();
    await finish?.();
  } catch (error) {
    dispose();
    // Thrown where a backend lacks a kernel of the gradients.
    if (String(error).includes('not registered')) throw new UnsupportedError(String(error));
    throw error;
  }
  return {
    bytesPerStep: null,
    run: async (steps) => {
      const started = performance.now();
      for (let i = 0; i < steps; i++) step();
      const jsMs = finish ? performance.now() - started : null;
      await finish?.();
      return { jsMs };
    },
    loss: async () => (await loss?.data())?.[0] ?? NaN,
    dispose,
  };
}
