import { defined } from '../../../src/core/invariant';
import type { RandomStream } from '../../../src/core/random';
import {
  defineNode,
  type Dataset,
  type DatasetContext,
  type DatasetSpec,
} from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { datasetId, inferDataset, lowerDataset } from '../../shared/datasets';
import { tensorOutput } from '../../shared/ports';
import { patternParameters, type PatternParams } from './parameters';
import { PATTERN_SOURCES } from './sources';

/** A few patterns are repeated until there are at least so many rows. */
const LEAST_ROWS = { train: 1000, heldOut: 250 } as const;

function dataset(params: PatternParams): DatasetSpec {
  const { source, values, flip } = params;
  const { uses, units, side, classes } = PATTERN_SOURCES[source];
  const own = Object.fromEntries(uses.map((name) => [name, params[name]]));
  const type = tensorType([units(params)]);
  const shape = side && ([side(params), side(params)] as const);
  return {
    id: datasetId('data.patterns', { source, values, flip, ...own }),
    ...rowsOf(params),
    columns: { y: type, flipped: type },
    ...(shape ? { pictures: { y: { shape, damaged: 'flipped' }, flipped: { shape } } } : {}),
    ...(classes ? { classes: classes(params) } : {}),
    load: (context) => make(params, context),
  };
}

/** Every pattern is repeated equally often. */
function rowsOf(params: PatternParams): Pick<DatasetSpec, 'trainRows' | 'heldOutRows'> {
  const rows = PATTERN_SOURCES[params.source].rows(params);
  if (typeof rows !== 'number') return { trainRows: rows.train, heldOutRows: rows.heldOut };
  const repeated = (least: number): number => rows * Math.ceil(least / rows);
  return { trainRows: repeated(LEAST_ROWS.train), heldOutRows: repeated(LEAST_ROWS.heldOut) };
}

async function make(params: PatternParams, context: DatasetContext): Promise<Dataset> {
  const { patterns, labels } = await PATTERN_SOURCES[params.source].make(params, context);
  const { trainRows, heldOutRows } = rowsOf(params);
  const rows = trainRows + heldOutRows;
  // In turn, so that any number of rows in a row has the patterns about equally often.
  const order = Array.from({ length: rows }, (_, row) => row % patterns.length);
  const stream = context.random('flips');
  const off = params.values === '0/1' ? 0 : -1;
  const column = (units: (pattern: readonly number[]) => readonly number[]): Float32Array => {
    const size = PATTERN_SOURCES[params.source].units(params);
    const values = new Float32Array(rows * size);
    order.forEach((index, row) => {
      const pattern = units(defined(patterns[index], 'pattern'));
      values.set(
        pattern.map((unit) => (unit === 1 ? 1 : off)),
        row * size,
      );
    });
    return values;
  };
  const columns = {
    y: column((pattern) => pattern),
    flipped: column((pattern) => flipped(pattern, params.flip, stream)),
  };
  if (labels === null) return { columns };
  return { columns, labels: Int32Array.from(order, (index) => labels[index] ?? 0) };
}

/** The pattern with `part` of its units changed over, rounded to whole units: the first of a shuffle. */
function flipped(pattern: readonly number[], part: number, stream: RandomStream): number[] {
  const units = [...pattern];
  const places = units.map((_, place) => place);
  const count = Math.round(part * units.length);
  for (let drawn = 0; drawn < count; drawn++) {
    const other = drawn + stream.integer(places.length - drawn);
    const place = defined(places[other], 'place');
    places[other] = defined(places[drawn], 'place');
    units[place] = 1 - defined(units[place], 'unit');
  }
  return units;
}

/** Small sets of binary patterns, to be remembered or learned exactly. */
export const dataPatterns = defineNode({
  kind: 'data.patterns',
  category: 'data',
  title: 'Patterns',
  synonyms: ['memory', 'associative memory', 'binary', 'letters', 'bars and stripes', 'corrupted'],
  icon: 'binary',
  help: 'Binary patterns: each is in the training rows equally often, and held-out rows are the same patterns again (for digits, others); beside each stands a copy with part of its units flipped, in every row other ones, from which a memory must recall it.',
  formula: String.raw`y \in \{-1, 1\}^n \;\text{or}\; \{0, 1\}^n`,
  source:
    'Hopfield 1982 (recall from flipped units); MacKay 2003, Information Theory, Inference, and Learning Algorithms, chapter 43 (bars and stripes); letters are ours; digits as in data.digits',
  params: patternParameters,
  titleFor: ({ source }) => PATTERN_SOURCES[source].title,
  ports: () => ({
    inputs: [],
    outputs: [
      tensorOutput('y', 'A pattern, row by row.'),
      tensorOutput('flipped', 'The same with some of its units flipped.'),
    ],
  }),
  time: 'aware',
  dataset,
  infer: ({ params }) => inferDataset(dataset(params)),
  lower: (context) => lowerDataset(context, dataset(context.params)),
});
