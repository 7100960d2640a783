/** A number for a small place: four significant digits, thousands as k, M or G, a true minus sign. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    const [digits = '', exponent = ''] = value.toExponential(2).split('e');
    return withMinus(`${digits}e${exponent.replace('+', '')}`);
  }
  return withMinus(String(Number(value.toPrecision(4))));
}

/** A count: `812`, `8.4k`, `1.2M`. */
export function formatCount(count: number): string {
  for (const [unit, suffix] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (count >= unit) return `${Number((count / unit).toPrecision(3))}${suffix}`;
  }
  return String(count);
}

/** `1 node`, `3 nodes`. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : many}`;
}

function withMinus(text: string): string {
  return text.replaceAll('-', '−');
}

const WHOLE = new Intl.NumberFormat('en');

/** The number of a step, exact however large: `1,500`. */
export function formatStep(step: number): string {
  return WHOLE.format(step);
}
