import { registry } from '../../nodes/index';
import { invariant } from '../../src/core/invariant';
import { changedByLines, linesHold } from '../../src/document/experiments/editLines';
import type { BasinDocument } from '../../src/document/schema';

/** A line of `EditLine`, such as `node.parameter=value` or `bypass node`. */
export type Edit = string;

/** The document with the edits made. Each has to change something. */
export function edited(document: BasinDocument, edits: readonly Edit[]): BasinDocument {
  return edits.reduce((before, edit) => {
    invariant(!linesHold(before, [edit]), `${edit} changes nothing`);
    const changed = changedByLines(before, [edit], { kinds: registry });
    invariant(changed.ok, changed.diagnostics[0]?.message ?? edit);
    return changed.value;
  }, document);
}
