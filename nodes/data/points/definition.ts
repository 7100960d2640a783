import { defined } from '../../../src/core/invariant';
import {
  defineNode,
  type Dataset,
  type DatasetContext,
  type DatasetSpec,
} from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { datasetId, inferDataset, lowerDataset, splitRows } from '../../shared/datasets';
import { tensorOutput } from '../../shared/ports';
import { pointParameters, type PointParams } from './parameters';
import { POINT_SHAPES, type LabelledPoint } from './shapes';

function dataset(params: PointParams): DatasetSpec {
  const { shape, count } = params;
  const { noise: ownNoise, uses, parts } = POINT_SHAPES[shape];
  const noise = params.noise ?? ownNoise;
  const own = Object.fromEntries(uses.map((name) => [name, defined(params[name], name)]));
  return {
    id: datasetId('data.points', { shape, count, noise, ...own }),
    ...splitRows(count),
    columns:
      shape === 'parabola' ? { x: tensorType([1]), y: tensorType([1]) } : { y: tensorType([2]) },
    ...(parts ? { classes: parts(params) } : {}),
    load: async (context) => draw(params, noise, context),
  };
}

function draw(params: PointParams, noise: number, { random }: DatasetContext): Dataset {
  const { shape, count } = params;
  const stream = random('points');
  const rows = Array.from({ length: count }, (_, index) =>
    POINT_SHAPES[shape].sample(stream, index, params, noise),
  );
  const columns: Record<string, Float32Array> =
    shape === 'parabola'
      ? { x: column(rows, 0), y: column(rows, 1) }
      : { y: Float32Array.from(rows.flatMap(({ point }) => point)) };
  return rows.every(({ label }) => label === undefined)
    ? { columns }
    : { columns, labels: Int32Array.from(rows, ({ label }) => label ?? 0) };
}

function column(rows: readonly LabelledPoint[], coordinate: 0 | 1): Float32Array {
  return Float32Array.from(rows, ({ point }) => point[coordinate]);
}

/** Distributions in the plane, drawn from the document's seed. */
export const dataPoints = defineNode({
  kind: 'data.points',
  category: 'data',
  title: 'Points',
  synonyms: [
    'toy data',
    '2D',
    'two moons',
    'spiral',
    'circles',
    'swiss roll',
    'checkerboard',
    'pinwheel',
    'Gaussians',
    'parabola',
    'ellipse',
    'scatter',
    'observed variable',
  ],
  help: 'Points in the plane from a known distribution: small enough that energies can be drawn and compared with the truth.',
  formula: String.raw`y \sim p(y), \quad y \in \mathbb{R}^2`,
  source:
    'Dawid & LeCun 2023, Fig. 3b (parabola) and Fig. 4b (ellipse); scikit-learn make_moons, make_circles, make_swiss_roll; Johnson et al. 2016 (pinwheel); Grathwohl et al. 2019, FFJORD (checkerboard, Gaussians)',
  params: pointParameters,
  titleFor: ({ shape }) => `${shape.charAt(0).toUpperCase()}${shape.slice(1).replace('-', ' ')}`,
  ports: ({ shape }) => ({
    inputs: [],
    outputs:
      shape === 'parabola'
        ? [tensorOutput('x', 'x, uniform in [−1, 1].'), tensorOutput('y', 'y = x² + noise.')]
        : [tensorOutput('y', 'A point in the plane.')],
  }),
  time: 'aware',
  dataset,
  infer: ({ params }) => inferDataset(dataset(params)),
  lower: (context) => lowerDataset(context, dataset(context.params)),
});
