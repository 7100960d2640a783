import { z } from 'zod';
import { defineNode, type DatasetSpec } from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { inferDataset, lowerDataset } from '../../shared/datasets';
import { DIGITS, loadDigits } from '../../shared/digits';
import { tensorOutput } from '../../shared/ports';

const DATASET: DatasetSpec = {
  id: 'data.digits',
  trainRows: DIGITS.trainRows,
  heldOutRows: DIGITS.rows - DIGITS.trainRows,
  columns: { x: tensorType([DIGITS.side, DIGITS.side, 1]) },
  classes: 10,
  load: async (context) => {
    const { pixels, labels } = await loadDigits(context);
    return { columns: { x: pixels }, labels };
  },
};

/** Real handwritten digits. */
export const dataDigits = defineNode({
  kind: 'data.digits',
  category: 'data',
  title: 'Digits',
  synonyms: [
    'images',
    'handwritten',
    'scikit-learn',
    'USPS',
    'pixels',
    'observed variable',
    'labels',
  ],
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
