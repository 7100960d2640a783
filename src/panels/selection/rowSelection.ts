import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

/** Held-out rows of one data set that were picked out in one panel, for all of them to show. */
export interface RowSelection {
  /** As `DatasetSpec.id` has it; null where nothing is selected. */
  readonly dataset: string | null;
  readonly rows: ReadonlySet<number>;
}

export type RowSelectionStore = StoreApi<RowSelection>;

export const NO_ROWS: RowSelection = { dataset: null, rows: new Set() };

export function createRowSelection(): RowSelectionStore {
  return createStore<RowSelection>(() => NO_ROWS);
}

/** The rows of a data set that are selected. */
export function selectedRows(
  { dataset, rows }: RowSelection,
  of: string | null,
): ReadonlySet<number> {
  return dataset !== null && dataset === of ? rows : NO_ROWS.rows;
}
