import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { PictureValues } from '../../compiler/programs/nodePictures';

export interface PicturesState {
  /** Whether nodes show them. */
  readonly isOn: boolean;
  /** By node, as far as they have come. */
  readonly values: ReadonlyMap<string, PictureValues>;
}

/** The pictures on nodes, wherever they are computed. */
export interface Pictures {
  readonly state: StoreApi<PicturesState>;
  /** Whether nodes show them; kept. */
  setOn(isOn: boolean): void;
  /** The picture of a node can be seen from now on; returns how to stop. Others are not computed. */
  watch(nodeId: string): () => void;
}

/** Nobody computes any: an editor on its own. */
export const PicturesContext = createContext<Pictures | null>(null);

export function usePictures(): Pictures | null {
  return useContext(PicturesContext);
}

const NONE: StoreApi<PicturesState> = createStore(() => ({ isOn: false, values: new Map() }));

export function usePicturesState<T>(selector: (state: PicturesState) => T): T {
  return useStore(usePictures()?.state ?? NONE, selector);
}
