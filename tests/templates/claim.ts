import { formatMeasured, type Bar, type Measured } from './bar';
import type { TemplateRuns } from './templateRuns';

/** A sentence about a template that can be wrong. */
export interface Claim {
  /** What is measured, with the edits it is measured after, where there are any. */
  readonly what: string;
  readonly bar: string;
  check(runs: TemplateRuns): Promise<Finding>;
}

/** What came of one claim. */
export interface Finding {
  readonly what: string;
  readonly bar: string;
  readonly value: string;
  readonly holds: boolean;
}

/** All that a template claims of what it shows, in the order of the table. */
export interface TemplateClaims {
  readonly slug: string;
  readonly claims: readonly Claim[];
  /** What takes minutes to train, and is measured by `npm run templates` only. */
  readonly long?: readonly Claim[];
}

/** `measure` may train: what several claims of a template ask of `runs` is trained once. */
export function claim<T extends Measured>(
  what: string,
  bar: Bar<T>,
  measure: (runs: TemplateRuns) => Promise<T>,
): Claim {
  const check = async (runs: TemplateRuns): Promise<Finding> => {
    const value = await measure(runs);
    return { what, bar: bar.text, value: formatMeasured(value), holds: bar.holds(value) };
  };
  return { what, bar: bar.text, check };
}

/** A claim that could not be measured is missed, and says why. */
export async function checked(one: Claim, runs: TemplateRuns): Promise<Finding> {
  try {
    return await one.check(runs);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { what: one.what, bar: one.bar, value: `failed: ${reason}`, holds: false };
  }
}
