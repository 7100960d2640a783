/** `neutral`: nothing was shown, neither good nor bad. */
export type Tone = 'good' | 'warn' | 'bad' | 'neutral';

/**
 * Everything that can be said of a representation, an energy or a whole model, the gravest first: a collapse explains
 * the flat energy that comes with it, and nothing is believed beside a divergence. The names are part of the JSON that
 * `basin probe` prints and of claims in links.
 */
export const VERDICTS = {
  diverged: { tone: 'bad', help: 'Not finite, or a thousand times what it was before training.' },
  'complete collapse': { tone: 'bad', help: 'All samples are mapped to one point or direction.' },
  'dimensional collapse': { tone: 'warn', help: 'Few of the possible directions are in use.' },
  'partial collapse': { tone: 'warn', help: 'Some dimensions are the same for all samples.' },
  'latent leak': { tone: 'warn', help: 'The latent alone explains any target.' },
  'flat energy': { tone: 'bad', help: 'The energy does not tell true pairs from shuffled ones.' },
  healthy: { tone: 'good', help: 'No sign of collapse in what was tested.' },
  'no verdict': { tone: 'neutral', help: 'Untrained, too few rows, or nothing to judge by.' },
} as const satisfies Readonly<Record<string, { readonly tone: Tone; readonly help: string }>>;

export type Verdict = keyof typeof VERDICTS;

/** Gravest first. */
export const VERDICT_ORDER = Object.keys(VERDICTS) as readonly Verdict[];

/** For `sort`: the gravest first. */
export function byGravity(
  a: { readonly verdict: Verdict },
  b: { readonly verdict: Verdict },
): number {
  return VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict);
}
