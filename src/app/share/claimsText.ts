import { formatNumber, plural } from '../../core/formatNumber';
import type { ClaimedResults } from '../../document/schema';

/** Claimed results in words: “loss 0.01 after 60 steps, healthy, on tfjs”. */
export function claimsText({ step, loss, verdict, engine }: ClaimedResults): string {
  return [
    `loss ${formatNumber(loss)} after ${plural(step, 'step')}`,
    ...(verdict === undefined ? [] : [verdict]),
    ...(engine === undefined ? [] : [`on ${engine}`]),
  ].join(', ');
}

/** A claim of step 0 is one of no run: nothing can be repeated. */
export function canReproduce({ step }: ClaimedResults): boolean {
  return step > 0;
}
