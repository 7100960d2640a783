import '../src/core/withoutEval';
import { transfer } from 'comlink';
import { registry } from '../nodes/index';
import { analyse } from '../src/compiler/analysis/analyse';
import { documentChange } from '../src/compiler/programs/documentChange';
import { liveValues } from '../src/compiler/programs/liveDocument';
import { DatasetCache } from '../src/compiler/programs/loadData';
import type { Diagnostic } from '../src/core/diagnostic';
import { success, type Result } from '../src/core/result';
import type { BasinDocument } from '../src/document/schema';
import type { Engine, HostArray } from '../src/engine/engine';
import { browserHost } from '../src/engine/hosts/browserHost';
import { tfjs } from '../src/engine/tfjs/descriptor';
import { Landscaper } from '../src/probing/landscape/landscaper';
import type { LandscapeModel } from '../src/probing/landscape/landscapeModel';
import { Picturer } from '../src/probing/pictures/picturer';
import { Prober } from '../src/probing/prober';
import { freeAnyway } from '../src/training/connection';
import { failureOf } from '../src/training/failureOf';
import { Mutex } from '../src/training/mutex';
import { fetchAsset } from './assets';
import { exposeWorker } from './exposeWorker';
import type {
  DescentAnswer,
  DescentRequest,
  LandscapeAnswer,
  LandscapeRequest,
  PicturesAnswer,
  PicturesRequest,
  PredictionAnswer,
  PredictionRequest,
  ProbeAnswer,
  ProbeRequest,
  ProbeStudyAnswer,
  ProbeStudyRequest,
  ProbeWorkerApi,
} from './protocol';
import { arrayBuffers } from './transferables';

const BASE_URL = new URL(import.meta.env.BASE_URL, self.location.href);

/** Something compiled, and from which document. */
interface Compiled<T> {
  readonly document: BasinDocument;
  readonly value: T;
}

/** Keeps what was compiled of the last document: live values and moved nodes do not compile anew. */
class ProbeWorker implements ProbeWorkerApi {
  private readonly cache = new DatasetCache();
  private readonly mutex = new Mutex();
  private engine: Engine | null = null;
  private prober: Compiled<Prober> | null = null;
  private landscaper: Compiled<Landscaper> | null = null;
  private picturer: Compiled<Picturer> | null = null;
  /** The view that the landscaper is for. */
  private viewId = '';

  async probe(request: ProbeRequest): Promise<ProbeAnswer> {
    const { runId, revision, document, snapshot, trainedFrom } = request;
    const { value: report, diagnostics } = await this.answer(
      document,
      'The run was not diagnosed.',
      () => this.proberOf(document),
      (prober) => prober.probe({ ...snapshot, trainedFrom }, liveValues(document, registry)),
    );
    return { runId, revision, report, diagnostics };
  }

  async landscape(request: LandscapeRequest): Promise<LandscapeAnswer> {
    const { runId, revision, document, viewId } = request;
    const { value: frame, diagnostics } = await this.answer(
      document,
      'The landscape was not computed.',
      () => this.landscaperOf(document, viewId),
      (landscaper) => landscaper.frame(modelOf(request), request),
    );
    const answer = { runId, revision, frame, diagnostics };
    if (!frame) return answer;
    const { values, points, chains, negatives } = frame;
    return transfer(answer, arrayBuffers([values, points, chains, negatives]));
  }

  async descend(request: DescentRequest): Promise<DescentAnswer> {
    const { runId, revision, document, viewId, from, range } = request;
    const { value: descent, diagnostics } = await this.answer(
      document,
      'The way down was not computed.',
      () => this.landscaperOf(document, viewId),
      (landscaper) => landscaper.descend(modelOf(request), request, from, range),
    );
    return { runId, revision, descent, diagnostics };
  }

  async predict(request: PredictionRequest): Promise<PredictionAnswer> {
    const { runId, revision, document, viewId, chosen, range } = request;
    const { value: prediction, diagnostics } = await this.answer(
      document,
      'The prediction was not computed.',
      () => this.landscaperOf(document, viewId),
      (landscaper) => landscaper.predict(modelOf(request), request, chosen, range),
    );
    return { runId, revision, prediction, diagnostics };
  }

  async pictures(request: PicturesRequest): Promise<PicturesAnswer> {
    const { runId, revision, document } = request;
    const { value: strip, diagnostics } = await this.answer(
      document,
      'The pictures were not computed.',
      () => this.picturerOf(document),
      (picturer) => picturer.strip(modelOf(request)),
    );
    const answer = { runId, revision, strip, diagnostics };
    return strip ? transfer(answer, arrayBuffers(strip.rows.map(({ values }) => values))) : answer;
  }

  async study(request: ProbeStudyRequest): Promise<ProbeStudyAnswer> {
    const { runId, revision, document, snapshot, nodeId } = request;
    const { value, diagnostics } = await this.answer(
      document,
      'The probe was not asked.',
      () => this.proberOf(document),
      (prober) => {
        const state = snapshot?.state ?? new Map<string, HostArray>();
        return prober.study({ state }, nodeId, request.study, liveValues(document, registry));
      },
    );
    const study = value?.ok ? value.value : null;
    return { runId, revision, study, diagnostics: [...diagnostics, ...(value?.diagnostics ?? [])] };
  }

  /** One at a time. A failure becomes a warning after `refusal`: the run itself goes on. */
  private answer<Tool, T>(
    document: BasinDocument,
    refusal: string,
    compile: () => Promise<Result<Tool>>,
    use: (tool: Tool) => Promise<T>,
  ): Promise<{ readonly value: T | null; readonly diagnostics: readonly Diagnostic[] }> {
    return this.mutex.run(async () => {
      try {
        const tool = await compile();
        const { diagnostics } = tool;
        return { value: tool.ok ? await use(tool.value) : null, diagnostics };
      } catch (error) {
        const labelOf = (nodeId: string): string =>
          document.nodes.find(({ id }) => id === nodeId)?.label ?? nodeId;
        const { message, ...rest } = failureOf(error, 'An unexpected failure', labelOf);
        this.discard();
        const severity = 'warning';
        return {
          value: null,
          diagnostics: [{ ...rest, severity, message: `${refusal} ${message}` }],
        };
      }
    });
  }

  private async proberOf(document: BasinDocument): Promise<Result<Prober>> {
    // Labels are in its reports.
    if (this.prober && !isChanged(this.prober.document, document, { annotates: true })) {
      return success(this.prober.value);
    }
    this.prober?.value.dispose();
    this.prober = null;
    const options = await this.options();
    if (!options.ok) return options;
    const prober = await Prober.create(analyse(document, registry), {
      ...options.value,
      gradients: true,
    });
    if (prober.ok) this.prober = { document, value: prober.value };
    return prober;
  }

  private async landscaperOf(document: BasinDocument, viewId: string): Promise<Result<Landscaper>> {
    const isKept = this.landscaper && !isChanged(this.landscaper.document, document);
    if (this.landscaper && isKept && this.viewId === viewId) return success(this.landscaper.value);
    this.landscaper?.value.dispose();
    this.landscaper = null;
    const options = await this.options();
    if (!options.ok) return options;
    const landscaper = await Landscaper.create(analyse(document, registry), viewId, options.value);
    if (landscaper.ok) this.landscaper = { document, value: landscaper.value };
    this.viewId = viewId;
    return landscaper;
  }

  private async picturerOf(document: BasinDocument): Promise<Result<Picturer>> {
    // Labels stand beside the pictures.
    if (this.picturer && !isChanged(this.picturer.document, document, { annotates: true })) {
      return success(this.picturer.value);
    }
    this.picturer?.value.dispose();
    this.picturer = null;
    const options = await this.options();
    if (!options.ok) return options;
    const picturer = await Picturer.create(analyse(document, registry), options.value);
    if (picturer.ok) this.picturer = { document, value: picturer.value };
    return picturer;
  }

  private async options() {
    // Not the GPU: the run has it, and one evaluation now and then is little work.
    const engine = this.engine ? success(this.engine) : await tfjs.create(browserHost);
    if (!engine.ok) return engine;
    this.engine = engine.value;
    return success({
      engine: engine.value,
      asset: (name: string) => fetchAsset(name, BASE_URL),
      cache: this.cache,
    });
  }

  /** After a failure everything is made anew. */
  private discard(): void {
    this.prober = null;
    this.landscaper = null;
    this.picturer = null;
    const { engine } = this;
    this.engine = null;
    freeAnyway(() => engine?.dispose());
  }
}

/** Whether what was compiled of a document will not do for another one; where they count, for its labels neither. */
function isChanged(
  before: BasinDocument,
  after: BasinDocument,
  { annotates = false } = {},
): boolean {
  const change = documentChange(before, after, registry);
  return change.lowers || (annotates && change.annotates);
}

function modelOf({ document, snapshot }: PicturesRequest): LandscapeModel {
  return { snapshot, live: liveValues(document, registry) };
}

exposeWorker(new ProbeWorker());
