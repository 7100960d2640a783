/**
 * Numbers of columns, counted from 1, as text: `1-3,5` for columns 0, 1, 2 and 4. Short also where a table has
 * thousands of columns, as documents and links must be.
 */
export function columnRanges(columns: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const column of columns) {
    const open = ranges.at(-1);
    if (open && open[1] === column - 1) open[1] = column;
    else ranges.push([column, column]);
  }
  return ranges
    .map(([first, last]) => (first === last ? `${first + 1}` : `${first + 1}-${last + 1}`))
    .join(',');
}

/** Numbers of columns in all, at most: a text from elsewhere must not name a billion. */
export const MOST_COLUMNS = 100_000;

/** The columns, counted from 0; null for a text that is none of `columnRanges`. */
export function parseColumnRanges(text: string): number[] | null {
  if (text === '') return [];
  const columns: number[] = [];
  for (const part of text.split(',')) {
    const match = /^([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?$/.exec(part);
    if (match === null) return null;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first || columns.length + last - first >= MOST_COLUMNS) return null;
    for (let column = first; column <= last; column++) columns.push(column - 1);
  }
  return columns;
}
