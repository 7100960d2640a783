import { analyse } from '../../src/compiler/analysis/analyse';
import type { Analysis } from '../../src/compiler/analysis/analysis';
import { metricName } from '../../src/compiler/metrics';
import { DatasetCache } from '../../src/compiler/programs/loadData';
import { applySettings } from '../../src/cli/applySettings';
import { readAsset } from '../../src/cli/assets';
import { nodeHost } from '../../src/engine/hosts/nodeHost';
import { tfjs } from '../../src/engine/tfjs/descriptor';
import { readExperiments, readTemplateText } from '../../src/cli/templates';
import { defined } from '../../src/core/invariant';
import type { Result } from '../../src/core/result';
import { changedByLines } from '../../src/document/experiments/editLines';
import type { Experiment } from '../../src/document/experiments/experiment';
import { readDocument } from '../../src/document/read';
import type { BasinDocument } from '../../src/document/schema';
import type { Engine, HostArrays } from '../../src/engine/engine';
import { probeLabels } from '../../src/probing/probeLabels';
import { Prober } from '../../src/probing/prober';
import { prepareTraining } from '../../src/training/prepareTraining';
import { registry } from '../../nodes/index';

const cache = new DatasetCache();
let sharedEngine: Promise<Result<Engine>> | null = null;

export function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 2));
  return result.value;
}

export interface TemplateVariation {
  /** Id of one of the template's experiments, whose edits are made first. */
  readonly experiment?: string | undefined;
  readonly set?: readonly string[];
  readonly seed?: number | null;
}

export async function templateDocument(
  slug: string,
  { experiment, set = [], seed = null }: TemplateVariation = {},
): Promise<BasinDocument> {
  const document = need(readDocument(await readTemplateText(slug), slug));
  const { edits } = experiment === undefined ? { edits: [] } : await experimentOf(slug, experiment);
  const changed = need(changedByLines(document, edits, { kinds: registry }));
  return applySettings(changed, { set, seed: seed ?? changed.training.seed }, registry);
}

/** One of what there is to try and to break, by its id. */
export async function experimentOf(slug: string, id: string): Promise<Experiment> {
  const experiments = await readExperiments(slug);
  return defined(
    experiments.find((one) => one.id === id),
    `experiment ${id} of ${slug}`,
  );
}

export interface TrainedTemplate {
  readonly document: BasinDocument;
  readonly analysis: Analysis;
  readonly engine: Engine;
  readonly losses: readonly number[];
  readonly state: HostArrays;
  readonly step: number;
}

/** Trains a document in Node, on the portable engine. */
export async function trainDocument(
  given: BasinDocument,
  steps?: number,
): Promise<TrainedTemplate> {
  const total = steps ?? given.training.steps;
  const document = { ...given, training: { ...given.training, steps: total } };
  const analysis = analyse(document, registry);
  const { training, data } = need(await prepareTraining(analysis, { asset: readAsset, cache }));
  const engine = need(await (sharedEngine ??= tfjs.create(nodeHost)));
  const executable = await engine.compile(training.program, data);
  const losses: number[] = [];
  while (losses.length < total) {
    await executable.run(Math.min(200, total - losses.length));
    const { names, rows, values } = await executable.drainMetrics();
    const column = names.indexOf(metricName({ kind: 'loss' }));
    for (let row = 0; row < rows; row++) losses.push(values[row * names.length + column] ?? NaN);
  }
  const state = await executable.readState();
  executable.dispose();
  return { document, analysis, engine, losses, state, step: total };
}

/** The report of the Collapse tab and of `basin probe`. */
export async function reportOf({ analysis, engine, state, step }: TrainedTemplate) {
  const prober = need(await Prober.create(analysis, { engine, asset: readAsset, cache }));
  const report = await prober.probe({ step, state });
  prober.dispose();
  return report;
}

/** Probes on labels; null without labels or embeddings. */
export async function labelsOf({ analysis, engine, state, step }: TrainedTemplate) {
  const source = { seed: analysis.training.seed, asset: readAsset, cache };
  return need(await probeLabels(analysis, engine, { step, state }, source));
}

/** What inference finds for a free variable, with ten times the steps as well, at other values of live scalars. */
export async function inferenceOf(
  { analysis, engine, state, step }: TrainedTemplate,
  nodeId: string,
  live: Readonly<Record<string, number>>,
) {
  const options = { engine, asset: readAsset, cache, tenfold: true };
  const prober = need(await Prober.create(analysis, options));
  const { inference } = await prober.probe({ step, state }, live);
  prober.dispose();
  const found = defined(inference[nodeId], nodeId);
  return {
    ...found,
    tenfoldEnergy: defined(found.tenfoldEnergy, 'energy after ten times the steps'),
  };
}
