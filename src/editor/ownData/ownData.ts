import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

export interface OwnDataState {
  /** Hashes of what is kept; null until they are known. */
  readonly kept: ReadonlySet<string> | null;
}

/** Data that the user brought, wherever it is kept. */
export interface OwnData {
  readonly state: StoreApi<OwnDataState>;
  /** Asks for the file of a node: of one for own data, or of another data node, which becomes one. `folder`: for all that is in one. */
  chooseFile(nodeId: string, folder?: boolean): void;
  /** Shows what the node's data has, to choose its columns anew. */
  chooseColumns(nodeId: string): void;
}

/** Nowhere to keep any: an editor on its own. */
export const OwnDataContext = createContext<OwnData | null>(null);

export function useOwnData(): OwnData | null {
  return useContext(OwnDataContext);
}

const NONE: StoreApi<OwnDataState> = createStore(() => ({ kept: null }));

export function useKeptData(): ReadonlySet<string> | null {
  return useStore(useOwnData()?.state ?? NONE, ({ kept }) => kept);
}
