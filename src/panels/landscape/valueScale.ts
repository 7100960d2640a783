/** How values are laid out over the colours. */
export interface ValueScale {
  readonly id: ScaleId;
  /** What the colour bar says of it. */
  readonly label: string;
  readonly low: number;
  readonly high: number;
  /** Some values lie above `high`, and have its colour. */
  readonly isCut: boolean;
  /** 0 at `low`, 1 at `high`; beyond them where values are; NaN for what is not finite. */
  toUnit(value: number): number;
  /** The value at a part of the way, 0 to 1. */
  fromUnit(part: number): number;
}

export type ScaleId = 'linear' | 'log' | 'quantile';
export type ScaleChoice = 'auto' | ScaleId;

/** Values are cut at this quantile where a few of them are far above all others. */
const CUT = 0.98;
const FAR = 2;
/**
 * The energies of the data take one colour and no more where the scale is this many times as long as they are, both above the least
 * value: more to begin another scale, less to stay with it.
 */
const LENGTH_TO_ENTER = 16;
const LENGTH_TO_STAY = 8;
/** Without data, values span orders of magnitude where q₉₅ is this many times q₁₀, both above the least. */
const SPAN_TO_ENTER = 200;
const SPAN_TO_STAY = 100;
/** Parts of the energies of the data that a logarithmic scale tells apart: it gives them a third of its colours or more. */
const PARTS = 8;

/** Finite values, ascending. */
type Sorted = Float32Array;

/** What a scale is chosen by besides the values. */
export interface ScaleContext {
  /** What an automatic scale was a moment ago, so that a landscape that is being trained does not change to and fro. */
  readonly before?: ScaleId;
  /** The value that most of the data is below; null where no data has a value. */
  readonly data?: number | null;
}

const SCALES: {
  readonly [K in ScaleId]: (sorted: Sorted, context: ScaleContext) => ValueScale;
} = {
  linear: (sorted) => {
    const { low, high, isCut } = limitsOf(sorted);
    const length = high - low || 1;
    return {
      ...{ id: 'linear', label: 'linear scale', low, high, isCut },
      toUnit: (value) => (value - low) / length,
      fromUnit: (part) => low + part * (high - low),
    };
  },
  /** log(1 + (v − low)/s): powers of ten above the least value, down to a unit s below which it is linear. */
  log: (sorted, { data = null }) => {
    const { low, high, isCut } = limitsOf(sorted);
    const length = high - low || 1;
    const near = data === null ? quantile(sorted, 0.05) - low : (data - low) / PARTS;
    const unit = Math.min(Math.max(near, 1e-4 * length), length);
    const decades = Math.log1p(length / unit);
    return {
      ...{ id: 'log', label: 'log scale', low, high, isCut },
      toUnit: (value) => Math.log1p(Math.max(value - low, 0) / unit) / decades,
      fromUnit: (part) => Math.min(low + unit * Math.expm1(part * decades), high),
    };
  },
  /** Each colour covers the same area. */
  quantile: (sorted) => ({
    id: 'quantile',
    label: 'equal areas',
    low: sorted[0] ?? 0,
    high: sorted.at(-1) ?? 0,
    isCut: false,
    toUnit: (value) => (Number.isFinite(value) ? rank(sorted, value) : NaN),
    fromUnit: (part) => quantile(sorted, part),
  }),
};

export const SCALE_CHOICES: readonly ScaleChoice[] = ['auto', 'linear', 'log', 'quantile'];

/** The scale of some values. `auto` is linear unless what lies far away would leave the data without colours. */
export function fitScale(
  values: Float32Array,
  choice: ScaleChoice,
  context: ScaleContext = {},
): ValueScale {
  const sorted = values.filter(Number.isFinite).sort();
  return SCALES[choice === 'auto' ? automatic(sorted, context) : choice](sorted, context);
}

function automatic(sorted: Sorted, { before = 'linear', data = null }: ScaleContext): ScaleId {
  const { low, high } = limitsOf(sorted);
  const isLog = before === 'log';
  const [ratio, limit] =
    data === null
      ? [
          (quantile(sorted, 0.95) - low) / (quantile(sorted, 0.1) - low),
          isLog ? SPAN_TO_STAY : SPAN_TO_ENTER,
        ]
      : [(high - low) / (data - low), isLog ? LENGTH_TO_STAY : LENGTH_TO_ENTER];
  return ratio > limit ? 'log' : 'linear';
}

function limitsOf(sorted: Sorted): { low: number; high: number; isCut: boolean } {
  const low = sorted[0] ?? 0;
  const most = sorted.at(-1) ?? 0;
  const usual = quantile(sorted, CUT);
  const isCut = most - low > FAR * (usual - low) && usual > low;
  return { low, high: isCut ? usual : most, isCut };
}

/** Of ascending values, linear between neighbours. */
export function quantile(sorted: Sorted, part: number): number {
  const place = Math.max(0, Math.min(1, part)) * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (place - Math.floor(place)) * (above - below);
}

/** The part of values below one; the inverse of `quantile`. */
function rank(sorted: Sorted, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? NaN) < value) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  if (low === sorted.length) return 1;
  const [below = 0, above = 0] = sorted.subarray(low - 1, low + 1);
  return (low - 1 + (value - below) / (above - below)) / (sorted.length - 1);
}
