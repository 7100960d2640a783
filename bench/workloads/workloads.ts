import type { Workload } from './workload';

/** The benchmark's workloads, in the order in which they run. */
export const WORKLOADS: readonly Workload[] = [
  {
    name: 'a',
    title: 'MLP classifier 784-256-128-10, batch 256',
    model: { kind: 'mlp', batch: 256, widths: [784, 256, 128, 10] },
    checkedSteps: 20,
  },
  jointEmbedding('b-small', 64, 2, 32, 8, 40),
  jointEmbedding('b-middle', 256, 64, 128, 64, 20),
  jointEmbedding('b-large', 512, 256, 512, 256, 4),
  {
    name: 'c',
    title: 'convolutional encoder 1-16-32 channels on 28×28, batch 128',
    model: { kind: 'conv', batch: 128, size: 28, channels: [1, 16, 32], classes: 10 },
    checkedSteps: 10,
  },
  {
    name: 'd',
    title: 'transformer block, 16 tokens × 64, 4 heads, batch 64',
    model: { kind: 'transformer', batch: 64, tokens: 16, width: 64, heads: 4, hidden: 256 },
    checkedSteps: 10,
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
  };
}
