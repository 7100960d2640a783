import { invariant } from '../../src/core/invariant';
import type { ProbeArm } from '../../src/compiler/probes/probeValues';
import type { Change, TemplateRuns } from './templateRuns';

/** What a probe of a template scores on held-out rows; NaN where an arm has no score. */
export async function scoresOf(
  runs: TemplateRuns,
  nodeId: string,
  change: Change = {},
): Promise<Readonly<Record<ProbeArm, number>>> {
  const { probes } = await runs.report(change);
  const reading = probes?.[nodeId];
  invariant(reading?.kind === 'score', `a score of ${nodeId}`);
  const { trained, untrained, raw } = reading.scores;
  return { trained: trained ?? NaN, untrained: untrained ?? NaN, raw: raw ?? NaN };
}
