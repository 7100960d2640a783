import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

/** What one pane of a node's picture is drawn of. */
export interface PaneValues {
  /** Samples first, as the pane's form says. */
  readonly values: Float32Array;
  /** What is black and what is white. */
  readonly limits: readonly [number, number];
}

/** The values of a node's picture, by pane. */
export interface PictureValues {
  readonly panes: readonly PaneValues[];
  /** Of the weights; null for those that a training starts with. */
  readonly step: number | null;
}

export interface PicturesState {
  /** Whether nodes show them. */
  readonly isOn: boolean;
  /** By node, as far as they have come. */
  readonly values: ReadonlyMap<string, PictureValues>;
}

/** The pictures on nodes, wherever they are computed. */
export interface Pictures {
  readonly state: StoreApi<PicturesState>;
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
