import type { Verdict } from './report';

/** What outranks what: a collapse explains the flat energy that comes with it. */
const PRECEDENCE: readonly Verdict[] = [
  'diverged',
  'complete collapse',
  'dimensional collapse',
  'latent leak',
  'flat energy',
  'healthy',
];

export interface Finding {
  readonly label: string;
  readonly verdict: Verdict;
  readonly reason: string;
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/** The gravest of the findings, with its evidence. */
export function overallVerdict(findings: readonly Finding[]): {
  readonly verdict: Verdict;
  readonly reason: string;
} {
  for (const verdict of PRECEDENCE) {
    const matching = findings.filter((finding) => finding.verdict === verdict);
    const [first] = matching;
    if (!first) continue;
    const others = matching.length - 1;
    const more =
      others > 0 && verdict === 'healthy' ? ` ${others} more show no sign of collapse either.` : '';
    return { verdict, reason: `${first.label}: ${lowerFirst(first.reason)}${more}` };
  }
  return { verdict: 'no verdict', reason: 'The graph has nothing to judge collapse by.' };
}
