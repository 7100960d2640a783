import type { BasinDocument } from '../schema';

/** One change of a document, as data: what the undo menu calls it, and how to make it. */
export interface Edit {
  /** Sentence case, e.g. `Move nodes`. */
  readonly label: string;
  /** Changes an Immer draft in place. */
  readonly recipe: (draft: BasinDocument) => void;
  /**
   * Edits with the same key that follow each other are one step until `endGesture`: the moves of one drag, the
   * values of one slider.
   */
  readonly mergeKey?: string;
}
