import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { PortReference } from '../../compiler/graph/graph';
import { defined } from '../../core/invariant';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One end of a link that is being drawn. */
export interface LooseEnd extends PortReference {
  readonly direction: 'input' | 'output';
}

/** A link being drawn, and the ports that it may end at, by `direction:nodeId.port`. */
export interface Linking {
  readonly end: LooseEnd;
  readonly fits: ReadonlySet<string>;
  /** The edge whose other end is on its way elsewhere; null for a new link. */
  readonly moving: string | null;
}

export interface SearchRequest {
  /** On the screen: where the palette opens. */
  readonly at: Point;
  /** On the canvas: where the node goes. */
  readonly position: Point;
  /** Offer only what can be connected to this, and connect it. */
  readonly from: LooseEnd | null;
  /** Offer only what fits between the ends of this edge, and put it there. */
  readonly onEdge?: string;
}

/** A drop that was refused, with what could be done instead. */
export interface Refusal {
  /** On the screen. */
  readonly at: Point;
  readonly message: string;
  readonly actions: readonly { readonly label: string; readonly run: () => void }[];
}

export interface UiState {
  readonly linking: Linking | null;
  readonly search: SearchRequest | null;
  readonly refusal: Refusal | null;
  readonly commandMenu: boolean;
  readonly shortcutSheet: boolean;
  /** The node, or the collapsed group, whose ports are to be connected by keyboard. */
  readonly connectFrom: string | null;
  /** A link that was let go on the box of a collapsed group, where it fits several ports inside. */
  readonly connectInto: {
    readonly end: LooseEnd;
    readonly groupId: string;
    readonly moving: string | null;
  } | null;
  /** The edge that is to end elsewhere, by keyboard. */
  readonly moveLink: string | null;
  /** The node that is to be of another kind. */
  readonly changeKind: string | null;
  /** The edge that what is dragged would be put on. */
  readonly insertOn: string | null;
  /** A word on what was just done, where that is not plain to see. */
  readonly notice: string | null;
  /** The node or group whose label is being typed on the canvas. */
  readonly renaming: string | null;
  readonly problems: boolean;
  /** Counts requests to bring the keyboard to the inspector. */
  readonly inspectorFocus: number;
  /** Waits for the whole canvas as a part of the page that a figure can be made of. */
  readonly canvasFigure: ((element: Element) => void) | null;
}

/** What is open in the editor. Not part of the document and not of its history. */
export type UiStore = StoreApi<UiState>;

export function createUiStore(): UiStore {
  return createStore<UiState>(() => ({
    linking: null,
    search: null,
    refusal: null,
    commandMenu: false,
    shortcutSheet: false,
    connectFrom: null,
    connectInto: null,
    moveLink: null,
    changeKind: null,
    insertOn: null,
    notice: null,
    renaming: null,
    problems: false,
    inspectorFocus: 0,
    canvasFigure: null,
  }));
}

export const UiContext = createContext<UiStore | null>(null);

export function useUiStore(): UiStore {
  return defined(useContext(UiContext), 'UiContext');
}

export function useUi<T>(selector: (state: UiState) => T): T {
  return useStore(useUiStore(), useShallow(selector));
}
