import '../src/core/withoutEval';
import { releaseProxy, transfer, type Remote } from 'comlink';
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
import { Embedder, type EmbeddingRows } from '../src/probing/embedding/embedder';
import { Layouts } from '../src/probing/embedding/layouts';
import { sampleTable } from '../src/probing/embedding/sampleTable';
import type { SampleTable } from '../src/probing/embedding/embeddingFrame';
import { Landscaper } from '../src/probing/landscape/landscaper';
import type { LandscapeModel } from '../src/probing/landscape/landscapeModel';
import { LatentExplorer } from '../src/probing/latent/latentExplorer';
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
  EmbeddingAnswer,
  EmbeddingRequest,
  LandscapeAnswer,
  LatentAnswer,
  LatentRequest,
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
  private embedder: Compiled<Embedder> | null = null;
  private readonly layouts = new Layouts();
  /** Counts the embeddings; the one under way is the last, unless it was stopped. */
  private embeddings = 0;
  private stoppedEmbedding = 0;
  private explorer: Compiled<LatentExplorer> | null = null;
  /** The view that the explorer is for. */
  private explored = '';
  /** Port and energy that the embedder is for. */
  private embedded = '';
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
    const { values, points, samples, chains, negatives } = frame;
    return transfer(answer, arrayBuffers([values, points, samples, chains, negatives]));
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

  async latent(request: LatentRequest): Promise<LatentAnswer> {
    const { runId, revision, document, settings, withSamples } = request;
    const { value, diagnostics } = await this.answer(
      document,
      'The code was not looked at.',
      () => this.explorerOf(document, settings.viewId),
      async (explorer) => ({
        frame: await explorer.frame(modelOf(request), settings),
        samples: withSamples ? await this.samplesOf(document, explorer.nodeId) : null,
      }),
    );
    const { frame = null, samples = null } = value ?? {};
    const answer = { runId, revision, frame, samples, diagnostics };
    const { made, points } = frame ?? {};
    const columns = samples?.columns.map(({ values }) => values) ?? [];
    return transfer(answer, arrayBuffers([made, points, ...columns].filter((one) => !!one)));
  }

  /** Null where they cannot be had: what is made of a code can be seen without them. */
  private async samplesOf(document: BasinDocument, nodeId: string): Promise<SampleTable | null> {
    const options = await this.options();
    const table = options.ok
      ? await sampleTable(analyse(document, registry), nodeId, options.value)
      : options;
    return table.ok ? table.value : null;
  }

  async embed(
    request: EmbeddingRequest,
    progress: (part: number) => void,
  ): Promise<EmbeddingAnswer> {
    const { runId, revision, document, settings, modelId } = request;
    const turn = ++this.embeddings;
    const isWanted = (): boolean => turn === this.embeddings && turn !== this.stoppedEmbedding;
    const read = await this.answer(
      document,
      'The embedding was not computed.',
      () => this.embedderOf(document, settings),
      (embedder) => this.read(embedder, request),
    );
    const without = { runId, revision, frame: null, samples: null, stopped: !isWanted() };
    try {
      // Not under the lock: it needs no engine.
      const { value, diagnostics } = read;
      if (!value?.ok) return { ...without, diagnostics: value?.diagnostics ?? diagnostics };
      const { rows, samples } = value.value;
      const pause = pauses(isWanted, progress);
      const frame = await this.layouts.frame(rows, modelId, settings, pause);
      const answer = { ...without, frame, samples, stopped: !isWanted(), diagnostics };
      const { places, scalars } = frame ?? {};
      const columns = samples?.columns.map(({ values }) => values) ?? [];
      return transfer(answer, arrayBuffers([places, scalars, ...columns].filter((one) => !!one)));
    } catch (error) {
      const message = `The embedding was not computed. ${String(error)}`;
      return { ...without, diagnostics: [{ code: 'run.failed', severity: 'warning', message }] };
    } finally {
      (progress as Remote<typeof progress>)[releaseProxy]();
    }
  }

  stopEmbedding(): Promise<void> {
    this.stoppedEmbedding = this.embeddings;
    return Promise.resolve();
  }

  private async read(
    embedder: Embedder,
    { document, snapshot, settings, withSamples }: EmbeddingRequest,
  ): Promise<Result<{ readonly rows: EmbeddingRows; readonly samples: SampleTable | null }>> {
    const rows = await embedder.rows(modelOf({ document, snapshot }), settings);
    if (!rows.ok) return rows;
    const samples = withSamples ? await this.samplesOf(document, embedder.nodeId) : null;
    return success({ rows: rows.value, samples });
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

  private async explorerOf(
    document: BasinDocument,
    viewId: string,
  ): Promise<Result<LatentExplorer>> {
    const isKept = this.explorer && !isChanged(this.explorer.document, document);
    if (this.explorer && isKept && this.explored === viewId) return success(this.explorer.value);
    this.explorer?.value.dispose();
    this.explorer = null;
    const options = await this.options();
    if (!options.ok) return options;
    const analysis = analyse(document, registry);
    const explorer = await LatentExplorer.create(analysis, viewId, options.value);
    if (explorer.ok) this.explorer = { document, value: explorer.value };
    this.explored = viewId;
    return explorer;
  }

  private async embedderOf(
    document: BasinDocument,
    settings: EmbeddingRequest['settings'],
  ): Promise<Result<Embedder>> {
    const { port, colour } = settings;
    const embedded = `${port}|${colour.by === 'energy' ? colour.nodeId : ''}`;
    const isKept = this.embedder && !isChanged(this.embedder.document, document);
    if (this.embedder && isKept && this.embedded === embedded) return success(this.embedder.value);
    this.embedder?.value.dispose();
    this.embedder = null;
    const options = await this.options();
    if (!options.ok) return options;
    const embedder = await Embedder.create(analyse(document, registry), settings, options.value);
    if (embedder.ok) this.embedder = { document, value: embedder.value };
    this.embedded = embedded;
    return embedder;
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
    this.embedder = null;
    this.explorer = null;
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

function modelOf({
  document,
  snapshot,
}: Pick<PicturesRequest, 'document' | 'snapshot'>): LandscapeModel {
  return { snapshot, live: liveValues(document, registry) };
}

/** How long to work before others have their turn, and how often to say how far it is. */
const SLICE_MS = 20;
const PROGRESS_MS = 100;

/** Waits a turn of the event loop now and then, so that the worker hears what else is asked of it. */
function pauses(isWanted: () => boolean, progress: (part: number) => void) {
  let worked = performance.now();
  let told = worked;
  return async (part: number): Promise<boolean> => {
    const now = performance.now();
    if (now - told > PROGRESS_MS) {
      told = now;
      progress(part);
    }
    if (now - worked > SLICE_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      worked = performance.now();
    }
    return isWanted();
  };
}

exposeWorker(new ProbeWorker());
