import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { defined } from '../../core/invariant';
import { selectedRows, type RowSelectionStore } from './rowSelection';

export const RowSelectionContext = createContext<RowSelectionStore | null>(null);

export function useRowSelectionStore(): RowSelectionStore {
  return defined(useContext(RowSelectionContext), 'RowSelectionContext');
}

/** The rows of a data set that are selected, wherever they were. */
export function useSelectedRows(dataset: string | null): ReadonlySet<number> {
  return useStore(useRowSelectionStore(), (selection) => selectedRows(selection, dataset));
}
