import type { Verdict } from '../../probing/report';
import { VERDICTS, type Tone } from '../../probing/verdicts/verdicts';

/** Green is for *healthy with evidence* only. */
export function verdictTone(verdict: Verdict): Tone {
  return VERDICTS[verdict].tone;
}
