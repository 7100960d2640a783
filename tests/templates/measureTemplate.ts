import { readExperiments } from '../../src/cli/templates';
import { defined } from '../../src/core/invariant';
import { asExpected } from './asExpected';
import { checked, type Claim, type Finding } from './claim';
import { SHOWS } from './shows/index';
import { TemplateRuns } from './templateRuns';

/** One template with one seed. */
export interface MeasuringTask {
  readonly slug: string;
  /** Null keeps the document's own. */
  readonly seed: number | null;
  /** Whether what takes long is measured too, and all experiments that name a verdict are trained, beside those that are claims. */
  readonly long?: boolean;
}

export interface Measurement extends MeasuringTask {
  readonly findings: readonly Finding[];
  readonly seconds: number;
}

/** Trains a template as its document says and checks all that is claimed of it. */
export async function measureTemplate(task: MeasuringTask): Promise<Measurement> {
  const { slug, seed, long: takesLong = false } = task;
  const { claims, long = [] } = defined(
    SHOWS.find((shows) => shows.slug === slug),
    `claims of ${slug}`,
  );
  const started = performance.now();
  const runs = new TemplateRuns(slug, seed);
  const findings: Finding[] = [];
  const more = takesLong ? [...long, ...(await experimentClaims(slug))] : [];
  const known = new Set(claims.map(({ what }) => what));
  for (const one of [...claims, ...more.filter(({ what }) => !known.has(what))]) {
    findings.push(await checked(one, runs));
  }
  return { ...task, findings, seconds: (performance.now() - started) / 1000 };
}

async function experimentClaims(slug: string): Promise<Claim[]> {
  const experiments = await readExperiments(slug);
  return experiments
    .filter(({ edits, expect }) => edits.length > 0 && expect?.verdict !== undefined)
    .map(({ id }) => asExpected(id));
}
