import { z } from 'zod';
import { defineNode, type DatasetSpec } from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { inferDataset, lowerDataset } from '../../shared/datasets';
import { tensorOutput } from '../../shared/ports';

const ASSET = 'digits.bin';
const ROWS = 1797;
const TRAIN_ROWS = 1437;
const PIXELS = 64;
/** Pixels are 0..16. */
const LARGEST_PIXEL = 16;

const DATASET: DatasetSpec = {
  id: 'data.digits',
  trainRows: TRAIN_ROWS,
  heldOutRows: ROWS - TRAIN_ROWS,
  columns: { x: tensorType([8, 8, 1]) },
  load: async ({ asset }) => {
    const bytes = new Uint8Array(await asset(ASSET));
    if (bytes.length !== ROWS * (PIXELS + 1)) {
      throw new Error(`${ASSET} has ${bytes.length} bytes instead of ${ROWS * (PIXELS + 1)}.`);
    }
    return {
      columns: {
        x: Float32Array.from(bytes.subarray(0, ROWS * PIXELS), (pixel) => pixel / LARGEST_PIXEL),
      },
      labels: Int32Array.from(bytes.subarray(ROWS * PIXELS)),
    };
  },
};

/** Real handwritten digits; the layout of the file is in public/data/README.md. */
export const dataDigits = defineNode({
  kind: 'data.digits',
  category: 'data',
  title: 'Digits',
  icon: 'image',
  help: '1797 real handwritten digits of 8×8 grey pixels from 0 to 1; the first 1437 are for training, the others are held out.',
  formula: String.raw`x \in [0,1]^{8 \times 8 \times 1}`,
  source:
    'E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository (1998), CC BY 4.0, as redistributed by scikit-learn',
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
