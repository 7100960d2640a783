/** A statistic with three decimals, or with three significant digits where these would all be zeros. */
export function formatStatistic(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text = size !== 0 && size < 5e-4 ? value.toExponential(1) : value.toFixed(3);
  return text.replaceAll('-', '−');
}
