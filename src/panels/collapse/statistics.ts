/** A statistic with three decimals, or with three significant digits where these would all be zeros. */
export function formatStatistic(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text = size !== 0 && size < 5e-4 ? value.toExponential(1) : value.toFixed(3);
  return text.replaceAll('-', '−');
}

/** What the mean deviation of unit rows is when their directions spread evenly: 1/√D (4-math 4.6). */
export function healthyUnitRowStd(dim: number): number {
  return 1 / Math.sqrt(dim);
}
