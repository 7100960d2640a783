import { formatNumber, formatWhole } from '../../core/formatNumber';
import type { Reproduction } from '../share/reproduce';
import { useApp, usePage } from '../useApp';
import { Banner } from './Banner';

/** Whether shared results hold on this machine. */
export function ReproductionBanner() {
  const { page } = useApp();
  const reproduction = usePage((state) => state.reproduction);
  if (reproduction === null) return null;
  const { message, hint, severity } = describe(reproduction);
  return (
    <Banner
      severity={severity}
      message={message}
      hint={hint}
      onDismiss={() => page.setState({ reproduction: null })}
    />
  );
}

function describe({ claims, status, step, loss, verdict, holds, difference }: Reproduction) {
  const claimed = [
    `loss ${formatNumber(claims.loss)}`,
    ...(claims.verdict === undefined ? [] : [claims.verdict]),
    ...(claims.engine === undefined ? [] : [`on ${claims.engine}`]),
  ].join(', ');
  if (status === 'running') {
    return {
      severity: 'info',
      message: `Reproducing: step ${formatWhole(step)} of ${formatWhole(claims.step)}.`,
      hint: `Claimed: ${claimed}.`,
    } as const;
  }
  if (status === 'failed') {
    return {
      severity: 'warning',
      message: `The results could not be reproduced: the run ended at step ${formatWhole(step)} of ${formatWhole(claims.step)}.`,
      hint: `Claimed: ${claimed}.`,
    } as const;
  }
  const here = [`loss ${formatNumber(loss ?? NaN)}`, ...(verdict === null ? [] : [verdict])];
  const apart = difference === null ? '' : ` The losses are ${percent(difference)} apart.`;
  return {
    severity: holds === true ? 'info' : 'warning',
    message: holds === true ? 'The results hold on this machine.' : 'The results differ here.',
    hint: `Here after ${claims.step} steps: ${here.join(', ')}. Claimed: ${claimed}.${apart}`,
  } as const;
}

function percent(part: number): string {
  return part < 1e-4
    ? 'less than 0.01 %'
    : `${formatNumber(Number((part * 100).toPrecision(2)))} %`;
}
