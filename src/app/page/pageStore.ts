import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Diagnostic } from '../../core/diagnostic';
import type { Block } from '../../document/block';
import type { BasinDocument } from '../../document/schema';
import type { NarrowView } from '../../editor/narrow/narrow';
import type { KeptBlock } from '../../editor/blocks/blocks';
import type { KeptData } from '../../storage/dataStore';
import type { DocumentSummary } from '../persistence/documentStore';
import type { PlacedImage } from '../../../workers/protocol/ownData';
import type { IncomingWeights } from '../weights/fittedWeights';
import type { Reproduction } from '../share/reproduce';
import type { Notice } from './notice';

/** A document that waits for the user's word before it replaces the open one. */
export interface Incoming {
  readonly kind: 'incoming';
  readonly source: 'link' | 'file';
  readonly document: BasinDocument;
  /** What was repaired on the way. */
  readonly repairs: readonly Diagnostic[];
}

export type PageDialog =
  | { readonly kind: 'gallery'; readonly firstVisit: boolean }
  | { readonly kind: 'share' }
  | Incoming
  | IncomingWeights
  | {
      readonly kind: 'refused';
      readonly source: 'link' | 'file' | 'store' | 'export';
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly kind: 'documents'; readonly bin?: boolean }
  /** Out of the bin, for good. */
  | { readonly kind: 'remove'; readonly summaries: readonly DocumentSummary[] }
  /** A file of data, or null for the columns of what a node has; and the node that it is for, where one is. */
  | { readonly kind: 'table'; readonly file: File | null; readonly nodeId: string | null }
  | {
      readonly kind: 'images';
      readonly files: readonly PlacedImage[];
      readonly nodeId: string | null;
    }
  | { readonly kind: 'data' }
  /** Out of this browser, for good. */
  | { readonly kind: 'removeData'; readonly data: KeptData; readonly isUsed: boolean }
  | { readonly kind: 'blocks' }
  | { readonly kind: 'saveBlock'; readonly block: Block }
  | { readonly kind: 'removeBlock'; readonly block: KeptBlock };

export interface PageState {
  readonly dialog: PageDialog | null;
  /** Id of the open tab of the dock; null until one is chosen. */
  readonly tab: string | null;
  /** Folded, the dock is a bar with its tabs. */
  readonly dockOpen: boolean;
  /** Where there is room for one view at a time: which. */
  readonly view: NarrowView;
  readonly reproduction: Reproduction | null;
  /** Said over the canvas until it is dismissed. */
  readonly reproductionOpen: boolean;
  /** What is said over the canvas besides. */
  readonly notices: readonly Notice[];
  /** Takes the newer version of Basin that is ready; null while there is none, or nobody wants it. */
  readonly update: (() => void) | null;
  /** Step of the tour, from 0; null while there is none. */
  readonly tour: number | null;
}

export type PageStore = StoreApi<PageState>;

/** What is open on the page around the editor. */
export function createPageStore(opening: Partial<PageState> = {}): PageStore {
  return createStore<PageState>(() => ({
    dialog: null,
    tab: null,
    dockOpen: false,
    view: 'graph',
    reproduction: null,
    reproductionOpen: false,
    notices: [],
    update: null,
    tour: null,
    ...opening,
  }));
}

/** Opens a tab of the dock, and the dock where it is folded or behind another view. */
export function showTab(page: PageStore, tab: string): void {
  page.setState({ tab, dockOpen: true, view: 'run' });
}
