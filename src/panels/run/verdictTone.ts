import type { Verdict } from '../../probing/report';

/** `neutral`: nothing was shown, neither good nor bad. */
export type Tone = 'good' | 'warn' | 'bad' | 'neutral';

const TONES: Readonly<Record<Verdict, Tone>> = {
  healthy: 'good',
  'dimensional collapse': 'warn',
  'latent leak': 'warn',
  'complete collapse': 'bad',
  'flat energy': 'bad',
  diverged: 'bad',
  'no verdict': 'neutral',
};

const GRAVITY: readonly Tone[] = ['neutral', 'good', 'warn', 'bad'];

/** Green is for *healthy with evidence* only. */
export function verdictTone(verdict: Verdict): Tone {
  return TONES[verdict];
}

/** The gravest judgement first. */
export function byGravity(a: { readonly verdict: Verdict }, b: { readonly verdict: Verdict }) {
  return GRAVITY.indexOf(verdictTone(b.verdict)) - GRAVITY.indexOf(verdictTone(a.verdict));
}
