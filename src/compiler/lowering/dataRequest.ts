import type { DatasetSpec } from '../../graph/nodeDefinition';

/** The column of a request for the labels of a data set: class numbers, one a row. No column has this name. */
export const LABELS = 'labels of the data';

/** A data array that a program needs: one column of one split of a data set. */
export interface DataRequest {
  /** Name in `program.data`. */
  readonly name: string;
  readonly dataset: DatasetSpec;
  readonly column: string;
  readonly split: 'train' | 'heldOut';
}
