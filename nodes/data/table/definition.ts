import { defineNode, type DatasetSpec } from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { arrangeTable } from '../../../src/tables/arrangeTable';
import { decodeTable } from '../../../src/tables/canonicalTable';
import { ownAsset } from '../../../src/tables/ownAsset';
import { choiceOf } from '../../../src/tables/ownTable';
import { datasetId, inferDataset, lowerDataset, splitRows } from '../../shared/datasets';
import { emptyDataset, noFile, rowOrder, tooFewRows } from '../../shared/ownData';
import { tensorOutput } from '../../shared/ports';
import { tableParameters, type TableParams } from './parameters';

const KIND = 'data.table';

/** Values that a table gives: which of them there are is a matter of the columns that were chosen. */
const VALUES = ['x', 'y'] as const;

function dataset({ own, standardise, missing, heldOut }: TableParams): DatasetSpec {
  if (own === null) return emptyDataset(KIND);
  const { hash, name, label } = own;
  const given = VALUES.filter((value) => own[value] !== null);
  const rows = splitRows(rowsOf(own, missing));
  return {
    id: datasetId(KIND, {
      ...{ hash, standardise, missing, heldOut },
      ...Object.fromEntries(VALUES.map((value) => [value, own[value]?.columns ?? ''])),
      label: label?.column ?? '',
    }),
    ...rows,
    columns: Object.fromEntries(given.map((value) => [value, tensorType(own[value]?.shape ?? [])])),
    ...(label === null ? {} : { classes: label.classes }),
    own: { name, asset: ownAsset(hash) },
    load: async ({ asset }) => {
      const table = decodeTable(await asset(ownAsset(hash)));
      const { labels, ...values } = arrangeTable(table, {
        ...{ missing, standardise, trainRows: rows.trainRows },
        choice: choiceOf(own),
        order: rowOrder(hash, heldOut),
      });
      return {
        columns: Object.fromEntries(
          given.map((value) => [value, values[value] ?? new Float32Array()]),
        ),
        ...(labels === null ? {} : { labels }),
      };
    },
  };
}

function rowsOf(
  { rows }: NonNullable<TableParams['own']>,
  missing: TableParams['missing'],
): number {
  return missing === 'drop' ? rows.complete : rows.mended;
}

/** The user's own numbers. The document has their hash, name and shape; the file stays where it is. */
export const dataTable = defineNode({
  kind: KIND,
  category: 'data',
  title: 'Own table',
  synonyms: [
    'own data',
    'CSV',
    'TSV',
    'NumPy',
    'NPY',
    'NPZ',
    'JSON Lines',
    'spreadsheet',
    'file',
    'import',
    'upload',
    'tabular',
    'observed variable',
    'labels',
  ],
  icon: 'table-2',
  help: 'Rows of a file of yours (CSV, TSV, NPY, NPZ, JSON Lines): choose which of its columns are x, y and the label. The data stays in this browser; a document names its hash, name and shape.',
  formula: String.raw`(x, y) \sim \tfrac{1}{N} \sum_i \delta_{(x_i, y_i)}`,
  source: 'the empirical distribution of the rows of a file',
  params: tableParameters,
  ports: ({ own }) => ({
    inputs: [],
    outputs: [
      ...(own === null || own.x ? [tensorOutput('x', 'The columns chosen as x.')] : []),
      ...(own?.y ? [tensorOutput('y', 'The columns chosen as y.')] : []),
    ],
  }),
  time: 'aware',
  ownData: 'table',
  dataset,
  infer: ({ params }) => {
    const { own, missing } = params;
    if (own === null) return noFile();
    return tooFewRows(own.name, rowsOf(own, missing)) ?? inferDataset(dataset(params));
  },
  lower: (context) => lowerDataset(context, dataset(context.params)),
});
