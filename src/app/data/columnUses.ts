import { formatBytes, plural, pluralWhole } from '../../core/formatNumber';
import type { ColumnChoice } from '../../tables/columnChoice';
import type { ColumnSummary } from '../../tables/describeColumns';
import type { TableSummary } from '../../../workers/protocol/ownData';

/** What a column can be. */
export const USES = { x: 'x', y: 'y', label: 'Label', none: 'Left out' } as const;
export type ColumnUse = keyof typeof USES;

export function usesOfChoice({ x, y, label }: ColumnChoice, count: number): ColumnUse[] {
  return Array.from({ length: count }, (_, column) =>
    column === label ? 'label' : x.includes(column) ? 'x' : y.includes(column) ? 'y' : 'none',
  );
}

export function choiceOfUses(uses: readonly ColumnUse[]): ColumnChoice {
  const of = (use: ColumnUse): number[] =>
    uses.flatMap((other, column) => (other === use ? [column] : []));
  return { x: of('x'), y: of('y'), label: of('label')[0] ?? null };
}

/** A column gets a use. There is one label: the one before is left out then. */
export function withUse(uses: readonly ColumnUse[], column: number, use: ColumnUse): ColumnUse[] {
  return uses.map((other, index) =>
    index === column ? use : use === 'label' && other === 'label' ? 'none' : other,
  );
}

/**
 * The usual choice for a node whose outputs are read: all numbers are y where only that is, the last one is y where both
 * are.
 */
export function choiceFor(usual: ColumnChoice, read: ReadonlySet<string>): ColumnChoice {
  const values = [...usual.x, ...usual.y].sort((a, b) => a - b);
  if (!read.has('y')) return usual;
  if (!read.has('x')) return { ...usual, x: [], y: values };
  return { ...usual, x: values.slice(0, -1), y: values.slice(-1) };
}

/** `2 numbers, up to 1`: what a column has, in short. */
export function columnFacts({ kind, shape, range, words }: ColumnSummary): string {
  if (kind === 'notes') return 'too many words';
  if (kind === 'text') return plural(words ?? 0, 'word');
  if (shape.length > 0) return `${shape.join(' × ')} numbers`;
  return range === null ? 'no number' : 'number';
}

/** How large a table is, before it is loaded. */
export function sizeInWords({ rows, columns, bytes, isEstimate }: TableSummary): string {
  const about = isEstimate ? 'About ' : '';
  return `${about}${pluralWhole(rows, 'row')} × ${plural(columns.length, 'column')}, ${formatBytes(bytes)} in memory`;
}
