import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Experiment } from '../../document/experiments/experiment';
import type { BasinDocument } from '../../document/schema';
import type { TemplateAbout } from '../../document/templateAbout';

/** What a template has to say to a document that began as it. */
export interface Guide {
  readonly slug: string;
  readonly about: TemplateAbout;
  readonly experiments: readonly Experiment[];
  /** The template itself: what experiments are edits of. */
  readonly original: BasinDocument;
  /** Where it stands on the way through the gallery, from 1; null beside it. */
  readonly place: { readonly step: number; readonly of: number } | null;
  /** What follows there. */
  readonly next: { readonly slug: string; readonly title: string } | null;
}

/** `held`: it came out as expected. */
export type Progress = 'done' | 'held';

export interface GuideState {
  /** Of the open document; null while it has none. */
  readonly guide: Guide | null;
  readonly isOpen: boolean;
  /** The experiment that the graph shows. */
  readonly activeId: string | null;
  /** Steps that the run had made when the graph came to show it: what was found by then says nothing of it. */
  readonly since: number;
  /** By id of experiment. */
  readonly progress: Readonly<Record<string, Progress>>;
}

export type GuideStore = StoreApi<GuideState>;

export function createGuideStore(isOpen = true): GuideStore {
  return createStore<GuideState>(() => ({
    guide: null,
    isOpen,
    activeId: null,
    since: 0,
    progress: {},
  }));
}

export interface GuideActions {
  setOpen(isOpen: boolean): void;
  /** Makes the edits of an experiment, in the place of those of the active one, as one step of undo. */
  make(experiment: Experiment): void;
  /** What the active experiment changed is again as in the template. */
  takeBack(): void;
  /** Opens the tab where it is seen. */
  look(experiment: Experiment): void;
  /** Lights nodes on the canvas; none to end it. */
  light(nodeIds: readonly string[]): void;
  /** Opens what follows on the way through the gallery. */
  openNext(): void;
}
