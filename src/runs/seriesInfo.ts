import type { Category } from '../graph/nodeDefinition';

/** A metric of a run in the user's terms. */
export interface SeriesInfo {
  /** Name in the metric history. */
  readonly name: string;
  readonly label: string;
  /** `part`: what a loss functional reports beside its term. */
  readonly role: 'total' | 'term' | 'part' | 'gradient' | 'rate';
  /** The node of a term or a part. */
  readonly nodeId: string | null;
  readonly category: Category | null;
}
