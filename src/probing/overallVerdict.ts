import type { Judgement } from './verdicts/rule';
import { VERDICT_ORDER } from './verdicts/verdicts';

export interface Finding extends Judgement {
  readonly label: string;
}

/** Healthy is said of spread and of pairs alone. */
const UNTESTED = 'What the representations are good for was not tested: a probe with labels tells.';

/**
 * The gravest of the findings, with its evidence. `caveats`: what a healthy verdict does not show.
 */
export function overallVerdict(
  findings: readonly Finding[],
  caveats: readonly string[] = [],
): Judgement {
  for (const verdict of VERDICT_ORDER) {
    const [first, ...others] = findings.filter((finding) => finding.verdict === verdict);
    if (!first) continue;
    const reason = `${first.label}: ${lowerFirst(first.reason)}`;
    if (verdict !== 'healthy') return { verdict, reason };
    const more =
      others.length > 0 ? [`${others.length} more show no sign of collapse either.`] : [];
    return { verdict, reason: [reason, ...more, ...caveats, UNTESTED].join(' ') };
  }
  return { verdict: 'no verdict', reason: 'The graph has nothing to judge collapse by.' };
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
