const UNITS = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** How long ago, in a word or two: `just now`, `3 hours ago`, `yesterday`. */
export function formatAge(time: number, now = Date.now()): string {
  const seconds = Math.max(0, (now - time) / 1000);
  const unit = UNITS.find(([, length]) => seconds >= length);
  if (unit === undefined) return 'just now';
  const [name, length] = unit;
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  return format.format(-Math.floor(seconds / length), name);
}
