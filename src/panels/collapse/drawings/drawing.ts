import type { Drawings } from '../../../probing/statistics/evidence';

export interface DrawingProps<Kind extends keyof Drawings> {
  readonly value: Drawings[Kind];
  /** The same in the reports before, oldest first. */
  readonly earlier: readonly Drawings[Kind][];
  /** `small`: in a cell of a table. */
  readonly size: 'small' | 'large';
  /** What it shows, for those who cannot see it. */
  readonly label: string;
}
