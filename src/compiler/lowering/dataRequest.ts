import type { DatasetSpec } from '../../graph/nodeDefinition';

/** A data array that a program needs: one column of one split of a data set. */
export interface DataRequest {
  /** Name in `program.data`. */
  readonly name: string;
  readonly dataset: DatasetSpec;
  readonly column: string;
  readonly split: 'train' | 'heldOut';
}
