import type { LinearProbeReport } from '../../src/probing/report';
import { defined } from '../../src/core/invariant';
import type { PortKey } from '../../src/compiler/graph/graph';
import { atLeast } from './bar';
import { claim, type Claim } from './claim';
import type { TemplateRuns } from './templateRuns';

/**
 * What a linear reader gets of digits from an encoder 64-128-32, beside what it gets from raw pixels and from the encoder
 * before training, on the same split: a level alone says little, since both move with the split. Without labels in
 * training, encoders that work are 0.01 below the pixels and 0.03 above the untrained one, within 0.02 either way.
 */
export function digitProbeClaims(port: PortKey): Claim[] {
  return [
    claim('linear probe of the encoder less that of raw pixels', atLeast(-0.03), async (runs) => {
      const { accuracy, rawInput } = await probeOf(runs, port);
      return accuracy - rawInput;
    }),
    claim('linear probe less that of the untrained encoder', atLeast(0.01), async (runs) => {
      const { accuracy, randomInitialisation } = await probeOf(runs, port);
      return accuracy - randomInitialisation;
    }),
  ];
}

async function probeOf(runs: TemplateRuns, port: PortKey): Promise<LinearProbeReport> {
  return defined((await runs.labels()).linearProbe[port], port);
}
