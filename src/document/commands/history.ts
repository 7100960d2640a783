import { freeze, produce } from 'immer';
import { failure, success, type Result } from '../../core/result';
import { sameJson } from '../canonical';
import { DOCUMENT_LIMITS, type BasinDocument } from '../schema';
import type { Edit } from './edit';
import { unsharedWeight } from './unsharedWeight';

/** How much is kept for undo: the oldest steps go first; the last step always stays. */
export const HISTORY_LIMITS = { steps: 200, weight: 64 * 2 ** 20 } as const;

/**
 * A change, as the documents before and after it. They share all that did not change, so that a step costs what it changed; and who
 * goes back has the same objects as before, with all that is known of them.
 */
export interface Step {
  readonly label: string;
  readonly mergeKey: string | undefined;
  readonly before: BasinDocument;
  readonly after: BasinDocument;
  /** Of what `before` holds and `after` does not. */
  readonly weight: number;
}

/** A document with what was done to it and what was undone. Never changed in place; its documents are frozen. */
export interface History {
  readonly present: BasinDocument;
  /** Oldest first. */
  readonly past: readonly Step[];
  /** Next to redo first. */
  readonly future: readonly Step[];
  /** Whether the last step of `past` still takes edits with its merge key. */
  readonly gestureOpen: boolean;
}

/** A history without steps. Freezes the document, deeply. */
export function createHistory(document: BasinDocument): History {
  return { present: freeze(document, true), past: [], future: [], gestureOpen: false };
}

/**
 * Makes an edit as a new step, or as part of the last one (`Edit.mergeKey`). An edit that changes nothing gives back the
 * same history. Refused with `document.too-large` when the document would grow over `DOCUMENT_LIMITS`.
 */
export function applyEdit(history: History, edit: Edit): Result<History> {
  const present = produce(history.present, edit.recipe);
  if (sameJson(history.present, present)) return success(history);
  const tooLarge = refuseGrowth(history.present, present);
  if (tooLarge !== null) return tooLarge;
  const { mergeKey } = edit;
  const last = history.past.at(-1);
  const merged =
    history.gestureOpen && mergeKey !== undefined && last?.mergeKey === mergeKey ? last : null;
  const before = merged?.before ?? history.present;
  const step: Step = {
    label: merged?.label ?? edit.label,
    mergeKey,
    before,
    after: present,
    weight: unsharedWeight(before, present),
  };
  return success({
    present,
    past: withinLimits([...(merged ? history.past.slice(0, -1) : history.past), step]),
    future: [],
    gestureOpen: mergeKey !== undefined,
  });
}

/** Closes the current step: the next edit is a step of its own. A gesture that ended where it began leaves no step. */
export function endGesture(history: History): History {
  if (!history.gestureOpen) return history;
  const last = history.past.at(-1);
  const past =
    last !== undefined && sameJson(last.before, last.after)
      ? history.past.slice(0, -1)
      : history.past;
  return { ...history, past, gestureOpen: false };
}

/** The same history when there is nothing to undo. */
export function undo(history: History): History {
  const step = history.past.at(-1);
  if (step === undefined) return history;
  return {
    present: step.before,
    past: history.past.slice(0, -1),
    future: [step, ...history.future],
    gestureOpen: false,
  };
}

/** The same history when there is nothing to redo. */
export function redo(history: History): History {
  const [step, ...future] = history.future;
  if (step === undefined) return history;
  return {
    present: step.after,
    past: [...history.past, step],
    future,
    gestureOpen: false,
  };
}

function refuseGrowth(before: BasinDocument, after: BasinDocument): Result<never> | null {
  for (const [list, name] of [
    ['nodes', 'nodes'],
    ['edges', 'connections'],
    ['groups', 'groups'],
  ] as const) {
    const count = after[list].length;
    if (count > DOCUMENT_LIMITS[list] && count > before[list].length) {
      return failure({
        code: 'document.too-large',
        severity: 'error',
        message: `The document would have ${count} ${name}; at most ${DOCUMENT_LIMITS[list]} are possible.`,
      });
    }
  }
  return null;
}

function withinLimits(steps: readonly Step[]): readonly Step[] {
  let weight = 0;
  let kept = 0;
  for (const step of steps.toReversed()) {
    weight += step.weight;
    if (kept > 0 && (kept >= HISTORY_LIMITS.steps || weight > HISTORY_LIMITS.weight)) break;
    kept++;
  }
  return steps.slice(steps.length - kept);
}
