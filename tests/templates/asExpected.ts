import type { Experiment } from '../../src/document/experiments/experiment';
import { is } from './bar';
import { claim, type Claim } from './claim';
import { warningsOf } from './lintCodes';
import type { TemplateRuns } from './templateRuns';
import { experimentOf } from './trainTemplate';

/** That an experiment comes out as its template says: what is warned of, and the verdict where it names one. */
export function asExpected(experiment: string): Claim {
  return claim(`${experiment}: warnings, verdict`, is('as expected'), async (runs) =>
    outcomeOf(runs, await experimentOf(runs.slug, experiment)),
  );
}

async function outcomeOf(runs: TemplateRuns, { id, expect }: Experiment): Promise<string> {
  const change = { experiment: id };
  const { verdict } = await runs.report(change);
  const { analysis } = await runs.trained(change);
  const told = warningsOf(analysis);
  const { warnings = [], verdict: verdicts = [verdict] } = expect ?? {};
  const isExpected = verdicts.includes(verdict) && [...warnings].sort().join() === told.join();
  return isExpected ? 'as expected' : [...told, verdict].join(', ');
}
