import type { Workload } from './workload';

/** The benchmark's workloads, in the order in which they run. */
export const WORKLOADS: readonly Workload[] = [
  {
    name: 'a',
    title: 'MLP classifier 784-256-128-10, batch 256',
    model: { kind: 'mlp', batch: 256, widths: [784, 256, 128, 10] },
    checkedSteps: 20,
    check: 'equal',
  },
  jointEmbedding('b-small', 64, 2, 32, 8, 40),
  jointEmbedding('b-middle', 256, 64, 128, 64, 20),
  jointEmbedding('b-large', 512, 256, 512, 256, 4),
  {
    name: 'c',
    title: 'convolutional encoder 1-16-32 channels on 28×28, batch 128',
    model: { kind: 'conv', batch: 128, size: 28, channels: [1, 16, 32], classes: 10 },
    checkedSteps: 10,
    check: 'equal',
  },
  {
    name: 'd',
    title: 'transformer block, 16 tokens × 64, 4 heads, batch 64',
    model: { kind: 'transformer', batch: 64, tokens: 16, width: 64, heads: 4, hidden: 256 },
    checkedSteps: 10,
    check: 'equal',
  },
  {
    name: 'e',
    title: 'JEPA, 64-128-32 encoders, z of 8 found by 20 gradient steps, batch 128',
    model: {
      kind: 'jepa',
      batch: 128,
      input: 64,
      hidden: 128,
      embedding: 32,
      latent: 8,
      steps: 20,
    },
    checkedSteps: 5,
    check: 'falls',
  },
  {
    name: 'f',
    title: 'likelihood of an MLP energy 2-128-128-1, 40 Langevin steps, buffer 8192, batch 256',
    model: { kind: 'langevin', batch: 256, widths: [2, 128, 128, 1], steps: 40, buffer: 8192 },
    checkedSteps: 5,
    check: 'falls',
  },
  {
    name: 'g',
    title: 'sparse coding, 64 pixels, 128 atoms, 50 ISTA steps, batch 256',
    model: { kind: 'sparseCoding', batch: 256, pixels: 64, atoms: 128, steps: 50 },
    checkedSteps: 5,
    check: 'falls',
  },
];

function jointEmbedding(
  name: string,
  batch: number,
  input: number,
  hidden: number,
  embedding: number,
  checkedSteps: number,
): Workload {
  return {
    name,
    title: `joint embedding with VICReg, (B,D,H,E) = (${[batch, input, hidden, embedding].join()})`,
    model: { kind: 'jointEmbedding', batch, input, hidden, embedding },
    checkedSteps,
    check: 'equal',
  };
}
