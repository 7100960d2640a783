import type { Analysis } from '../compiler/analysis/analysis';
import type { EvaluationProgram } from '../compiler/programs/compiled';
import { compileEvaluation } from '../compiler/programs/compileEvaluation';
import { loadData, type DatasetCache } from '../compiler/programs/loadData';
import { defined } from '../core/invariant';
import { failure, success, type Result } from '../core/result';
import type { Engine, Executable } from '../engine/engine';
import { measureBaseline, type Baseline } from './baseline';
import { comparedPorts } from './comparedPorts';
import { GradientProbe } from './gradientProbe';
import { probe, type ModelState } from './probe';
import { probeLabels, type LabelReport } from './probeLabels';
import { ProbeReader } from './probeReader';
import type { ProbeStudy, StudyRequest } from './probeStudy';
import type { ProbeReport } from './report';

export interface ProberOptions {
  /** Stays the caller's: it is not disposed of. */
  readonly engine: Engine;
  asset(name: string): Promise<ArrayBuffer>;
  readonly cache?: DatasetCache;
  /** Also see what inference finds with ten times the steps. */
  readonly tenfold?: boolean;
  /** Also look at the training step that would come next: gradients and updates. */
  readonly gradients?: boolean;
}

/** The compiled evaluation of one document, for as many snapshots as come. */
export class Prober {
  /** Of the initial weights, with the live values that it was measured with. */
  private measured: { readonly live: string; readonly baseline: Baseline } | null = null;

  private readonly reader: ProbeReader;

  private constructor(
    private readonly analysis: Analysis,
    private readonly options: ProberOptions,
    private readonly evaluation: EvaluationProgram,
    private readonly executable: Executable,
    private readonly gradients: GradientProbe | null,
  ) {
    this.reader = new ProbeReader(
      analysis,
      evaluation.probes,
      options.engine,
      source(analysis, options),
    );
  }

  /** Fails with the errors of the analysis, or when data cannot be loaded. Engine failures throw. */
  static async create(analysis: Analysis, options: ProberOptions): Promise<Result<Prober>> {
    const errors = analysis.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) return failure(...errors);
    const evaluation = compileEvaluation(analysis, { tenfold: options.tenfold ?? false });
    if (!evaluation.ok) return evaluation;
    const loaded = await loadData(evaluation.value.data, source(analysis, options));
    if (!loaded.ok) return loaded;
    const { program } = evaluation.value;
    const { engine } = options;
    const gradients = options.gradients
      ? await GradientProbe.create(analysis, engine, source(analysis, options))
      : success(null);
    if (!gradients.ok) return gradients;
    const executable = await engine.compile(program, loaded.value.arrays);
    return success(new Prober(analysis, options, evaluation.value, executable, gradients.value), [
      ...evaluation.diagnostics,
      ...loaded.diagnostics,
    ]);
  }

  /** One call at a time. `live`: values of live scalars that differ from the document's. */
  async probe(
    model: ModelState,
    live: Readonly<Record<string, number>> = {},
  ): Promise<ProbeReport> {
    this.executable.setLive(live);
    const report = await probe(this.evaluation, this.executable, model, {
      baseline: await this.baseline(JSON.stringify(live)),
      compared: comparedPorts(this.analysis),
    });
    const probes = await this.readProbes(model, live);
    const gradients = await this.gradients?.look(model, live);
    return { ...report, ...probes, ...gradients };
  }

  /** What the evaluation that was run last says of the probes of the graph. */
  private async readProbes(
    { state }: ModelState,
    live: Readonly<Record<string, number>>,
  ): Promise<Pick<ProbeReport, 'probes'>> {
    if (this.evaluation.probes.length === 0) return {};
    const outputs = await this.executable.readOutputs();
    const read = await this.reader.read(state, live, (name) =>
      defined(outputs.get(name), `output ${name}`),
    );
    return read.ok ? { probes: read.value } : {};
  }

  /** What can be asked of one probe of the graph besides its report; null where it does not predict. */
  study(
    model: Pick<ModelState, 'state'>,
    nodeId: string,
    request: StudyRequest,
    live: Readonly<Record<string, number>> = {},
  ): Promise<Result<ProbeStudy | null>> {
    return this.reader.study(model.state, live, nodeId, request);
  }

  /** One more evaluation, the first time and whenever live values have changed. */
  private async baseline(live: string): Promise<Baseline> {
    if (this.measured?.live !== live) {
      this.measured = { live, baseline: await measureBaseline(this.evaluation, this.executable) };
    }
    return this.measured.baseline;
  }

  /** Takes a few seconds; null without labels or embeddings. */
  probeLabels(model: ModelState): Promise<Result<LabelReport | null>> {
    return probeLabels(
      this.analysis,
      this.options.engine,
      model,
      source(this.analysis, this.options),
    );
  }

  dispose(): void {
    this.gradients?.dispose();
    this.reader.dispose();
    this.executable.dispose();
  }
}

function source({ training }: Analysis, { asset, cache }: ProberOptions) {
  return { seed: training.seed, asset, cache };
}
