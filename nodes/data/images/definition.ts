import { z } from 'zod';
import { defineNode, type DatasetSpec } from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { arrangeTable } from '../../../src/tables/arrangeTable';
import { decodeTable } from '../../../src/tables/canonicalTable';
import { ownImagesSchema } from '../../../src/tables/images/ownImages';
import { ownAsset } from '../../../src/tables/ownAsset';
import { datasetId, inferDataset, lowerDataset, splitRows } from '../../shared/datasets';
import { emptyDataset, heldOutParameter, noFile, rowOrder, tooFewRows } from '../../shared/ownData';
import { tensorOutput } from '../../shared/ports';

const KIND = 'data.images';

const parameters = z.object({
  own: ownImagesSchema.nullable().default(null).meta({
    label: 'Pictures',
    description: 'Name and hash of the pictures, how many there are, and their size.',
  }),
  heldOut: heldOutParameter(),
});

function dataset({ own, heldOut }: z.infer<typeof parameters>): DatasetSpec {
  if (own === null) return emptyDataset(KIND);
  const { hash, name, height, width, channels, classes } = own;
  const rows = splitRows(own.rows);
  return {
    id: datasetId(KIND, { hash, heldOut }),
    ...rows,
    columns: { x: tensorType([height, width, channels]) },
    ...(classes === null ? {} : { classes }),
    own: { name, asset: ownAsset(hash) },
    load: async ({ asset }) => {
      const table = decodeTable(await asset(ownAsset(hash)));
      const { x, labels } = arrangeTable(table, {
        ...{ missing: 'drop', standardise: false, trainRows: rows.trainRows },
        choice: { x: [0], y: [], label: classes === null ? null : 1 },
        order: rowOrder(hash, heldOut),
      });
      return {
        columns: { x: x ?? new Float32Array() },
        ...(labels === null ? {} : { labels }),
      };
    },
  };
}

/** The user's own pictures, all of one size. */
export const dataImages = defineNode({
  kind: KIND,
  category: 'data',
  title: 'Own images',
  synonyms: [
    'own data',
    'photos',
    'pictures',
    'folder',
    'zip',
    'PNG',
    'JPEG',
    'file',
    'import',
    'upload',
    'image folder',
    'observed variable',
    'labels',
  ],
  icon: 'image',
  help: 'Pictures of yours, from a folder, a zip archive or many files, all brought to one size, from 0 to 1; folders are labels. They stay in this browser; a document names their hash, name and shape.',
  formula: String.raw`x \in [0,1]^{H \times W \times C}`,
  source: 'the empirical distribution of the pictures of a folder',
  params: parameters,
  ports: () => ({
    inputs: [],
    outputs: [tensorOutput('x', 'A picture.')],
  }),
  time: 'aware',
  ownData: 'images',
  dataset,
  infer: ({ params }) => {
    const { own } = params;
    if (own === null) return noFile();
    return tooFewRows(own.name, own.rows) ?? inferDataset(dataset(params));
  },
  lower: (context) => lowerDataset(context, dataset(context.params)),
});
