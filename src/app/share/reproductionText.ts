import { formatNumber, formatWhole, plural } from '../../core/formatNumber';
import type { Severity } from '../../core/diagnostic';
import { claimsText } from './claimsText';
import type { Reproduction } from './reproduce';

interface ReproductionText {
  readonly severity: Severity;
  readonly message: string;
  /** What came out here beside what is claimed. */
  readonly hint: string;
}

/** How far a reproduction is, or what came of it. */
export function reproductionText(reproduction: Reproduction): ReproductionText {
  const { claims, status, step, loss, verdict, holds, difference } = reproduction;
  const claimed = `Claimed: ${claimsText(claims)}.`;
  if (status === 'running') {
    return {
      severity: 'info',
      message: `Reproducing: step ${formatWhole(step)} of ${formatWhole(claims.step)}.`,
      hint: claimed,
    };
  }
  if (status === 'failed') {
    return {
      severity: 'warning',
      message: `The results could not be reproduced: the run ended at step ${formatWhole(step)} of ${formatWhole(claims.step)}.`,
      hint: claimed,
    };
  }
  const here = [`loss ${formatNumber(loss ?? NaN)}`, ...(verdict === null ? [] : [verdict])];
  const apart = difference === null ? '' : ` The losses are ${percent(difference)} apart.`;
  return {
    severity: holds === true ? 'info' : 'warning',
    message: holds === true ? 'The results hold on this machine.' : 'The results differ here.',
    hint: `Here after ${plural(claims.step, 'step')}: ${here.join(', ')}. ${claimed}${apart}`,
  };
}

function percent(part: number): string {
  return part < 1e-4
    ? 'less than 0.01 %'
    : `${formatNumber(Number((part * 100).toPrecision(2)))} %`;
}
