import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Block } from '../../document/block';

/** A block of the user's, as it is kept. */
export interface KeptBlock extends Block {
  readonly id: string;
}

export interface BlocksState {
  /** By name. */
  readonly blocks: readonly KeptBlock[];
}

/** The user's own blocks, wherever they are kept. */
export interface Blocks {
  readonly state: StoreApi<BlocksState>;
  /** Keeps a part of a graph; the user is asked for its name. */
  save(block: Block): void;
  /** Opens the list for renaming, exporting and removing. */
  manage(): void;
}

/** Nowhere to keep any: an editor on its own. */
export const BlocksContext = createContext<Blocks | null>(null);

export function useBlocks(): Blocks | null {
  return useContext(BlocksContext);
}

const NONE: StoreApi<BlocksState> = createStore(() => ({ blocks: [] }));

export function useBlockList(): readonly KeptBlock[] {
  return useStore(useBlocks()?.state ?? NONE, ({ blocks }) => blocks);
}

/** Blocks whose names have all words of the query. */
export function searchBlocks(blocks: readonly KeptBlock[], query: string): readonly KeptBlock[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return blocks.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}
