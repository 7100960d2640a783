import { permuteIndex, randomKey } from '../../src/core/random';
import { problem, type DatasetSpec, type InferResult } from '../../src/graph/nodeDefinition';
import { choiceParameter } from './parameters';

/** Which rows of somebody's own data are held out. */
export function heldOutParameter() {
  return choiceParameter(['mixed', 'last'], 'mixed', {
    label: 'Held out',
    description:
      'A fifth of the rows: drawn from all of them, the same ones for every seed, or the last.',
  });
}

/** Where the rows come from: the same order for the same data, whatever the document's seed. */
export function rowOrder(
  hash: string,
  heldOut: 'mixed' | 'last',
): (place: number, count: number) => number {
  if (heldOut === 'last') return (place) => place;
  const key = randomKey(0, hash, 'rows');
  return (place, count) => permuteIndex(key, 0, count, place);
}

/** The data set of a node that has no file yet: `noFile` keeps it from being asked for. */
export function emptyDataset(kind: string): DatasetSpec {
  return {
    id: kind,
    trainRows: 0,
    heldOutRows: 0,
    columns: {},
    load: () => Promise.reject(new Error('no file is chosen')),
  };
}

/** The problem of a node that has no file yet. */
export function noFile(): InferResult {
  return problem('data.no-file', 'No file is chosen.', {
    hint: 'Choose a file in the inspector, drop one on the page, or give it by --data at the command line.',
  });
}

/** The problem of data that has no rows to train and to test with, or null. */
export function tooFewRows(name: string, rows: number): InferResult | null {
  if (rows >= 2) return null;
  return problem(
    'data.unfit',
    `“${name}” has ${rows === 1 ? 'one row' : 'no row'} that can be used.`,
    {
      hint: 'Choose columns with fewer missing cells, or take means for them.',
    },
  );
}
