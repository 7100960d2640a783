import { defined } from '../../src/core/invariant';
import { checked, type Finding } from './claim';
import { SHOWS } from './shows/index';
import { TemplateRuns } from './templateRuns';

/** One template with one seed. */
export interface MeasuringTask {
  readonly slug: string;
  /** Null keeps the document's own. */
  readonly seed: number | null;
}

export interface Measurement extends MeasuringTask {
  readonly findings: readonly Finding[];
  readonly seconds: number;
}

/** Trains a template as its document says and checks all that is claimed of it. */
export async function measureTemplate({ slug, seed }: MeasuringTask): Promise<Measurement> {
  const { claims } = defined(
    SHOWS.find((shows) => shows.slug === slug),
    `claims of ${slug}`,
  );
  const started = performance.now();
  const runs = new TemplateRuns(slug, seed);
  const findings: Finding[] = [];
  for (const one of claims) findings.push(await checked(one, runs));
  return { slug, seed, findings, seconds: (performance.now() - started) / 1000 };
}
