import type { Verdict } from './verdicts';

/** A verdict with the numbers that decided, in a sentence or two. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** Speaks where it applies, otherwise null: then the next rule of the list is asked. */
export type Rule<Case> = (subject: Case) => Judgement | null;

/** What the first rule says that applies; `otherwise` where none does. */
export function firstJudgement<Case>(
  rules: readonly Rule<Case>[],
  subject: Case,
  otherwise: () => Judgement,
): Judgement {
  for (const rule of rules) {
    const judgement = rule(subject);
    if (judgement) return judgement;
  }
  return otherwise();
}
