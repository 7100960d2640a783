import type { RandomStream } from '../../../src/core/random';
import type { DatasetContext } from '../../../src/graph/nodeDefinition';
import { DIGITS, loadDigits } from '../../shared/digits';
import { LETTERS, LETTER_SIZE } from './letters';
import type { PatternParams } from './parameters';

/** Patterns of units that are 0 or 1, with a class number for each where they have classes. */
export interface LabelledPatterns {
  readonly patterns: readonly (readonly number[])[];
  readonly labels: readonly number[] | null;
}

interface PatternSource {
  readonly title: string;
  /** The source's own numbers: they enter the identity of the data set. */
  readonly uses: readonly (keyof PatternParams)[];
  /** Units in a pattern. */
  units(params: PatternParams): number;
  /** Units along each side, where they are a square. */
  readonly side?: (params: PatternParams) => number;
  /** How many patterns there are, or for real data rows for training and held-out ones. */
  rows(params: PatternParams): number | { readonly train: number; readonly heldOut: number };
  /** How many classes its patterns have, where they have any. */
  readonly classes?: (params: PatternParams) => number;
  make(params: PatternParams, context: DatasetContext): Promise<LabelledPatterns>;
}

const letters: PatternSource = {
  title: 'Letters',
  uses: ['letters'],
  units: () => LETTER_SIZE ** 2,
  side: () => LETTER_SIZE,
  rows: ({ letters: count }) => count,
  classes: ({ letters: count }) => count,
  make: ({ letters: count }) => Promise.resolve(numbered(LETTERS.slice(0, count))),
};

const random: PatternSource = {
  title: 'Random patterns',
  uses: ['count', 'units'],
  units: ({ units }) => units,
  rows: ({ count }) => count,
  classes: ({ count }) => count,
  make: ({ count, units }, context) => {
    const stream: RandomStream = context.random('patterns');
    const pattern = (): number[] => Array.from({ length: units }, () => stream.integer(2));
    return Promise.resolve(numbered(Array.from({ length: count }, pattern)));
  },
};

/** MacKay 2003, chapter 43: k bits, each repeated along its row, or along its column. */
const bars: PatternSource = {
  title: 'Bars and stripes',
  uses: ['size'],
  units: ({ size }) => size ** 2,
  side: ({ size }) => size,
  rows: ({ size }) => 2 ** (size + 1),
  make: ({ size }) => {
    const patterns = Array.from({ length: 2 ** (size + 1) }, (_, index) =>
      Array.from({ length: size ** 2 }, (__, unit) => {
        const line = index % 2 === 0 ? Math.floor(unit / size) : unit % size;
        return (index >> (line + 1)) & 1;
      }),
    );
    return Promise.resolve({ patterns, labels: null });
  },
};

const digits: PatternSource = {
  title: 'Binary digits',
  uses: [],
  units: () => DIGITS.side ** 2,
  side: () => DIGITS.side,
  rows: () => ({ train: DIGITS.trainRows, heldOut: DIGITS.rows - DIGITS.trainRows }),
  classes: () => 10,
  make: async (_, context) => {
    const { pixels, labels } = await loadDigits(context);
    const size = DIGITS.side ** 2;
    const patterns = Array.from(labels, (__, row) =>
      Array.from(pixels.subarray(row * size, (row + 1) * size), (pixel) => (pixel >= 0.5 ? 1 : 0)),
    );
    return { patterns, labels: Array.from(labels) };
  },
};

/** Each pattern is a class of its own. */
function numbered(patterns: readonly (readonly number[])[]): LabelledPatterns {
  return { patterns, labels: patterns.map((_, index) => index) };
}

export const PATTERN_SOURCES: Readonly<Record<PatternParams['source'], PatternSource>> = {
  letters,
  random,
  bars,
  digits,
};
