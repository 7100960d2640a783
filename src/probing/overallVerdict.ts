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

/** The gravest of the findings, with its evidence. */
export function overallVerdict(findings: readonly Finding[]): {
  readonly verdict: Verdict;
  readonly reason: string;
} {
  for (const verdict of PRECEDENCE) {
    const matching = findings.filter((finding) => finding.verdict === verdict);
    const [first] = matching;
    if (!first) continue;
    if (verdict !== 'healthy') return { verdict, reason: `${first.label}: ${first.reason}` };
    const names = matching.map(({ label }) => `“${label}”`);
    const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? ', …' : '');
    return { verdict, reason: `No sign of collapse in ${shown}.` };
  }
  return { verdict: 'no verdict', reason: 'The graph has nothing to judge collapse by.' };
}
