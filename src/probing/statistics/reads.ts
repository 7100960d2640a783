/*
 * What statistics are computed from, in words. All are of held-out data (docs/semantics.md §9) but those of a step of training.
 */

export const HELD_OUT_ROWS = 'held-out rows, views off';
export const HELD_OUT_VIEWS =
  'two views of each held-out sample, through modules that share weights';
export const HELD_OUT_PAIRS = 'held-out pairs, views on, free variables inferred for each';
export const HELD_OUT_INFERENCE = 'held-out samples, views off, free variables inferred';
export const NEXT_STEP = 'the training step that would come next, on its batch';
