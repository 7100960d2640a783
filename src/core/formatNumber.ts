/*
 * How numbers are written, one function for each purpose. What people see on the page has a true minus sign; sentences,
 * formulas and fields have the hyphen of the keyboard, because they are printed on terminals and typed again, too.
 */

const WHOLE = new Intl.NumberFormat('en');

/** A number for a small place: four significant digits, a true minus sign: `0.1235`, `1.20e−5`, `∞`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    const [digits = '', exponent = ''] = value.toExponential(2).split('e');
    return withMinus(`${digits}e${exponent.replace('+', '')}`);
  }
  return withMinus(significant(value, 4));
}

/** A statistic in a table: three decimals, or a power of ten where these would all be zeros or it would be too wide. */
export function formatStatistic(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const size = Math.abs(value);
  const isWide = size >= 1e5 || (size !== 0 && size < 5e-4);
  return withMinus(isWide ? value.toExponential(1).replace('+', '') : value.toFixed(3));
}

/** A number in a sentence: three significant digits, powers of ten where plain digits would be long. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e6)
    ? value.toExponential(1)
    : significant(value, 3);
}

/** The weight of a term in a formula: four significant digits. */
export function formatWeight(value: number): string {
  return significant(value, 4);
}

/** As it stands in a field: what was entered, without the noise of binary fractions. Whole numbers are exact: a seed is one. */
export function formatEntered(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : significant(value, 7);
}

/** A count in a small place: `812`, `8.4k`, `1.2M`. */
export function formatCount(count: number): string {
  return scaled(count, [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
    [1, ''],
  ]);
}

/** A whole number, exact however large: `1,500`. */
export function formatWhole(count: number): string {
  return WHOLE.format(count);
}

/** `812 B`, `1.43 MB`; powers of ten. */
export function formatBytes(bytes: number): string {
  return scaled(bytes, [
    [1e9, ' GB'],
    [1e6, ' MB'],
    [1e3, ' kB'],
    [1, ' B'],
  ]);
}

/** `1 node`, `3 nodes`. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : many}`;
}

/** As `plural`, exact however large the count: `1,500 rows`. */
export function pluralWhole(count: number, singular: string): string {
  return `${formatWhole(count)} ${count === 1 ? singular : `${singular}s`}`;
}

/** Three significant digits in the largest unit that is not too large; units from large to small. */
function scaled(
  value: number,
  units: readonly (readonly [size: number, suffix: string])[],
): string {
  // Rounded first: 999 950 are 1 M, not 1000 k.
  const rounded = value < 1000 ? value : Number(value.toPrecision(3));
  const [size, suffix] = units.find(([unit]) => rounded >= unit) ?? units.at(-1) ?? [1, ''];
  return `${value < 1000 ? value : significant(rounded / size, 3)}${suffix}`;
}

/** Plain digits as far as JavaScript writes them, without trailing zeros. */
function significant(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}

function withMinus(text: string): string {
  return text.replaceAll('-', '−');
}
