import {
  blockUntilReady,
  defaultDevice,
  init,
  jit,
  numpy as np,
  tree,
  valueAndGrad,
} from '@jax-js/jax';
import { defined } from '../../src/core/invariant';
import { makeArrays, type NamedArray } from '../workloads/arrays';
import { ADAM, FOUND, isSearching, type Model } from '../workloads/workload';
import type { BenchEngine, Training } from './contract';
import { encodingTime } from './gpuCalls';
import { jaxChains } from './jaxChains';
import type { Named } from './jaxLayers';
import { jaxLoss, jaxWeight } from './jaxModels';
import { jaxFound } from './jaxSearches';

type State = {
  readonly weights: Named;
  readonly means: Named;
  readonly squares: Named;
  /** 1 − βᵗ for both averages. */
  readonly corrections: np.Array[];
};

/** jax-js with the whole step, gradient and Adam, under one `jit`. */
export async function jaxEngine(device: 'webgpu' | 'wasm'): Promise<BenchEngine> {
  const devices = await init(device);
  if (!devices.includes(device)) throw new Error(`jax-js has no ${device} here`);
  defaultDevice(device);
  return { backend: device, start: ({ model }) => start(model, device === 'webgpu') };
}

async function start(model: Model, onDevice: boolean): Promise<Training> {
  const arrays = makeArrays(model);
  const named = (list: readonly NamedArray[], make: (array: NamedArray) => np.Array): Named =>
    Object.fromEntries(list.map((array) => [array.name, make(array)]));
  const data = named(arrays.data, ({ values, shape }) => np.array(values).reshape([...shape]));
  const weights = named(arrays.weights, (array) => jaxWeight(model, array));
  const zeros = (): Named =>
    Object.fromEntries(
      Object.entries(weights).map(([name, weight]) => [name, np.zeros(weight.shape)]),
    );
  let state: State = {
    weights,
    means: zeros(),
    squares: zeros(),
    corrections: [np.zeros([]), np.zeros([])],
  };
  const step = jit((before: State, batch: Named) => adamStep(model, before, batch));
  const chains = jaxChains(model);
  let loss: np.Array | null = null;

  /** Nothing is dispatched before it is waited for, so each step is, while the next one is on its way. */
  const run = async (steps: number): Promise<{ jsMs: number | null }> => {
    const encodingBefore = encodingTime();
    let calling = 0;
    let previous: { readonly loss: np.Array; readonly ready: Promise<unknown> } | null = null;
    for (let i = 0; i < steps; i++) {
      const began = performance.now();
      const [next, value, found] = step(state, { ...tree.ref(data), ...chains.take() });
      calling += performance.now() - began;
      state = next;
      chains.keep(found);
      const current = { loss: value, ready: blockUntilReady(value) };
      await previous?.ready;
      previous?.loss.dispose();
      previous = current;
    }
    if (previous) {
      await previous.ready;
      loss?.dispose();
      loss = previous.loss;
    }
    return { jsMs: onDevice ? calling + encodingTime() - encodingBefore : null };
  };

  await run(1);
  return {
    bytesPerStep: null,
    run,
    loss: async () => defined((await loss?.ref.data())?.[0], 'loss'),
    dispose: () => {
      loss?.dispose();
      tree.dispose(state);
      tree.dispose(data);
      chains.dispose();
      step.dispose();
    },
  };
}

/** Kingma and Ba (2015), as the `adam` of Optax. What a model searches is found first, with the weights as constants. */
function adamStep(model: Model, before: State, batch: Named): [State, np.Array, Named] {
  const found: Named = isSearching(model)
    ? {
        [FOUND]: jaxFound(model, (name) => defined(before.weights[name] ?? batch[name], name).ref),
      }
    : {};
  const [loss, slopes] = valueAndGrad((weights: Named, inputs: Named): np.Array => {
    const value = jaxLoss(model, (name) => defined(weights[name] ?? inputs[name], name).ref);
    tree.dispose(weights);
    tree.dispose(inputs);
    return value;
  })(tree.ref(before.weights), { ...batch, ...tree.ref(found) }) as [np.Array, Named];

  const [first, second] = before.corrections.map((correction, index) => {
    const beta = index === 0 ? ADAM.beta1 : ADAM.beta2;
    return correction.mul(beta).add(1 - beta);
  });
  const correction1 = defined(first, 'correction');
  const correction2 = defined(second, 'correction');
  const weights: Named = {};
  const means: Named = {};
  const squares: Named = {};
  for (const [name, weight] of Object.entries(before.weights)) {
    const slope = defined(slopes[name], 'slope');
    const average = (old: np.Array | undefined, beta: number, next: np.Array): np.Array =>
      defined(old, 'average')
        .mul(beta)
        .add(next.mul(1 - beta));
    const mean = average(before.means[name], ADAM.beta1, slope.ref);
    const square = average(before.squares[name], ADAM.beta2, np.square(slope));
    const deviation = np.sqrt(square.ref.div(correction2.ref)).add(ADAM.epsilon);
    const direction = mean.ref.div(correction1.ref).div(deviation);
    weights[name] = weight.sub(direction.mul(ADAM.learningRate));
    means[name] = mean;
    squares[name] = square;
  }
  return [{ weights, means, squares, corrections: [correction1, correction2] }, loss, found];
}
