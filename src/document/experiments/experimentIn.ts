import type { BasinDocument } from '../schema';
import { linesHold } from './editLines';
import type { Experiment } from './experiment';

/**
 * Which of a template's experiments a document shows: all of its edits hold, which they do not in the template itself. Of several
 * the one with most edits, since an experiment may go further than another. However it came about: by a click, by hand, or undone
 * and done again. Null where there is none.
 */
export function experimentIn(
  document: BasinDocument,
  template: BasinDocument,
  experiments: readonly Experiment[],
): Experiment | null {
  const shown = experiments.filter(
    ({ edits }) => linesHold(document, edits) && !linesHold(template, edits),
  );
  return shown.reduce<Experiment | null>(
    (best, one) => (best === null || one.edits.length > best.edits.length ? one : best),
    null,
  );
}
