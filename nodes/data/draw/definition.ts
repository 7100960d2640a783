import { randomKey } from '../../../src/core/random';
import { defineNode, problem, type DatasetSpec } from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { decodeDigits, decodePoints, DRAWN_LEVELS, DRAWN_SIDE } from '../../../src/tables/drawing';
import { datasetId, inferDataset, lowerDataset, splitRows } from '../../shared/datasets';
import { rowOrder } from '../../shared/ownData';
import { tensorOutput } from '../../shared/ports';
import { drawParameters, type DrawParams } from './parameters';

const KIND = 'data.draw';

/** What was drawn: the numbers of each row, and its class. */
interface DrawnRow {
  readonly values: readonly number[];
  readonly label: number;
}

function drawnRows({ what, points, digits }: DrawParams): DrawnRow[] {
  return what === 'points'
    ? decodePoints(points).map(({ x, y, label }) => ({ values: [x, y], label }))
    : decodeDigits(digits).map(({ pixels, label }) => ({
        values: pixels.map((pixel) => pixel / DRAWN_LEVELS),
        label,
      }));
}

function dataset(params: DrawParams): DatasetSpec {
  const { what, heldOut } = params;
  const text = params[what];
  const identity = randomKey(0, text, KIND)
    .map((word) => word.toString(16))
    .join('');
  const drawn = drawnRows(params);
  const order = rowOrder(identity, heldOut);
  const rows = drawn.map((row, place) => drawn[order(place, drawn.length)] ?? row);
  return {
    id: datasetId(KIND, { what, drawn: identity, heldOut }),
    ...splitRows(drawn.length),
    columns:
      what === 'points' ? { y: tensorType([2]) } : { x: tensorType([DRAWN_SIDE, DRAWN_SIDE, 1]) },
    classes: Math.max(0, ...drawn.map(({ label }) => label)) + 1,
    load: () =>
      Promise.resolve({
        columns: {
          [what === 'points' ? 'y' : 'x']: Float32Array.from(rows.flatMap(({ values }) => values)),
        },
        labels: Int32Array.from(rows, ({ label }) => label),
      }),
  };
}

/** Points or digits drawn by hand: few enough to stand in the document, so that links have them. */
export const dataDraw = defineNode({
  kind: KIND,
  category: 'data',
  title: 'Drawing',
  synonyms: [
    'own data',
    'draw points',
    'draw digits',
    'sketch',
    'by hand',
    'canvas',
    'toy data',
    'observed variable',
    'labels',
  ],
  icon: 'pencil',
  help: 'Points or 8×8 digits that you draw in the inspector, with their classes. They stand in the document, and links keep them.',
  formula: String.raw`y \sim \tfrac{1}{N} \sum_i \delta_{y_i}`,
  source: 'the empirical distribution of what was drawn',
  params: drawParameters,
  ports: ({ what }) => ({
    inputs: [],
    outputs:
      what === 'points'
        ? [tensorOutput('y', 'A point in the plane.')]
        : [tensorOutput('x', 'An image of a digit.')],
  }),
  time: 'aware',
  dataset,
  infer: ({ params }) => {
    const count = drawnRows(params).length;
    if (count < 2) {
      return problem(
        'data.unfit',
        `${count === 0 ? 'Nothing is drawn' : 'One alone is drawn'}: one is to train with and one to test.`,
        { hint: 'Draw in the inspector.' },
      );
    }
    return inferDataset(dataset(params));
  },
  lower: (context) => lowerDataset(context, dataset(context.params)),
});
