import '../src/core/withoutEval';
import { releaseProxy, transfer, type Remote } from 'comlink';
import { registry } from '../nodes/index';
import type { Analysis } from '../src/compiler/analysis/analysis';
import { analyse } from '../src/compiler/analysis/analyse';
import { liveValues } from '../src/compiler/programs/liveDocument';
import { DatasetCache } from '../src/compiler/programs/loadData';
import type { Diagnostic } from '../src/core/diagnostic';
import { success, type Result } from '../src/core/result';
import type { BasinDocument } from '../src/document/schema';
import type { Engine, HostArray } from '../src/engine/engine';
import { browserHost } from '../src/engine/hosts/browserHost';
import { reference } from '../src/engine/reference/descriptor';
import { startEngine } from '../src/engine/startEngine';
import { tfjs } from '../src/engine/tfjs/descriptor';
import { Embedder, type EmbeddingRows } from '../src/probing/embedding/embedder';
import { Layouts } from '../src/probing/embedding/layouts';
import { sampleTable } from '../src/probing/embedding/sampleTable';
import type { SampleTable } from '../src/probing/embedding/embeddingFrame';
import { createLandscaper } from '../src/probing/landscape/createLandscaper';
import type { Landscaper } from '../src/probing/landscape/landscaper';
import type { LandscapeModel } from '../src/probing/landscape/landscapeModel';
import { LatentExplorer } from '../src/probing/latent/latentExplorer';
import { NodePicturer } from '../src/probing/pictures/nodePicturer';
import { Picturer } from '../src/probing/pictures/picturer';
import { Prober } from '../src/probing/prober';
import { SequenceReader } from '../src/probing/sequence/sequenceReader';
import { freeAnyway } from '../src/training/connection';
import { failureOf } from '../src/training/failureOf';
import { Mutex } from '../src/training/mutex';
import { CompiledTool, type CompiledToolOptions } from './compiledTool';
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
  NodePicturesAnswer,
  NodePicturesRequest,
  PicturesAnswer,
  PicturesRequest,
  PredictionAnswer,
  PredictionRequest,
  ProbeAnswer,
  ProbeRequest,
  ProbeStudyAnswer,
  ProbeStudyRequest,
  ProbeWorkerApi,
  SequenceAnswer,
  SequenceRequest,
} from './protocol';
import { pauses } from './pauses';
import { arrayBuffers } from './transferables';

interface ToolOptions {
  readonly engine: Engine;
  readonly asset: (name: string) => Promise<ArrayBuffer>;
  readonly cache: DatasetCache;
}

/** What is compiled of a document here, and from what. */
interface ToolKind<Tool, Purpose> extends Pick<
  CompiledToolOptions<Tool, Purpose>,
  'purposeOf' | 'isOutdated'
> {
  create(analysis: Analysis, options: ToolOptions, purpose: Purpose): Promise<Result<Tool>>;
  /** So little is computed that TensorFlow.js is not fetched for it: before anything else needs that, plain code will do. */
  readonly withoutEngine?: boolean;
}

/** Keeps what was compiled of the last document: live values and moved nodes do not compile anew. */
class ProbeWorker implements ProbeWorkerApi {
  private readonly cache = new DatasetCache();
  private readonly mutex = new Mutex();
  private engine: Engine | null = null;
  private plain: Engine | null = null;
  private readonly layouts = new Layouts();
  /** Counts the embeddings; the one under way is the last, unless it was stopped. */
  private embeddings = 0;
  private stoppedEmbedding = 0;

  private readonly tools: { discard(): void }[] = [];
  private readonly prober = this.tool<Prober>({
    create: (analysis, options) => Prober.create(analysis, { ...options, gradients: true }),
    // Labels are in its reports.
    isOutdated: ({ lowers, annotates }) => lowers || annotates,
  });
  private readonly picturer = this.tool<Picturer>({
    create: (analysis, options) => Picturer.create(analysis, options),
    // Labels stand beside the pictures.
    isOutdated: ({ lowers, annotates }) => lowers || annotates,
  });
  private readonly nodePicturer = this.tool<NodePicturer, readonly string[]>({
    create: (analysis, options, nodeIds) =>
      NodePicturer.create(analysis, options, new Set(nodeIds)),
    purposeOf: (nodeIds) => `${this.engine === null}|${nodeIds.join(' ')}`,
    withoutEngine: true,
  });
  private readonly landscaper = this.tool<Landscaper, string>({
    create: (analysis, options, viewId) => createLandscaper(analysis, viewId, options),
    purposeOf: (viewId) => viewId,
  });
  private readonly explorer = this.tool<LatentExplorer, string>({
    create: (analysis, options, viewId) => LatentExplorer.create(analysis, viewId, options),
    purposeOf: (viewId) => viewId,
  });
  private readonly sequences = this.tool<SequenceReader>({
    create: (analysis, options) => SequenceReader.create(analysis, options),
    // Labels stand beside the curves.
    isOutdated: ({ lowers, annotates }) => lowers || annotates,
  });
  private readonly embedder = this.tool<Embedder, EmbeddingRequest['settings']>({
    create: (analysis, options, settings) => Embedder.create(analysis, settings, options),
    purposeOf: ({ port, colour }) => `${port}|${colour.by === 'energy' ? colour.nodeId : ''}`,
  });

  async probe(request: ProbeRequest): Promise<ProbeAnswer> {
    const { runId, revision, document, snapshot, trainedFrom } = request;
    const { value: report, diagnostics } = await this.answer(
      document,
      'The run was not diagnosed.',
      () => this.prober.of(document, undefined),
      (prober) => prober.probe({ ...snapshot, trainedFrom }, liveValues(document, registry)),
    );
    return { runId, revision, report, diagnostics };
  }

  async landscape(request: LandscapeRequest): Promise<LandscapeAnswer> {
    const { runId, revision, document, viewId } = request;
    const { value: frame, diagnostics } = await this.answer(
      document,
      'The landscape was not computed.',
      () => this.landscaper.of(document, viewId),
      (landscaper) => landscaper.frame(modelOf(request), request),
    );
    const answer = { runId, revision, frame, diagnostics };
    if (!frame) return answer;
    const { values, points, samples, chains, negatives, arrows } = frame;
    const arrays = [values, points, samples, chains, negatives, arrows].filter((one) => !!one);
    // What slices have no points of is one array for all of them, which stays here.
    return transfer(answer, arrayBuffers(arrays.filter(({ length }) => length > 0)));
  }

  async descend(request: DescentRequest): Promise<DescentAnswer> {
    const { runId, revision, document, viewId, from, range } = request;
    const { value: descent, diagnostics } = await this.answer(
      document,
      'The way down was not computed.',
      () => this.landscaper.of(document, viewId),
      (landscaper) => landscaper.descend(modelOf(request), request, from, range),
    );
    return { runId, revision, descent, diagnostics };
  }

  async predict(request: PredictionRequest): Promise<PredictionAnswer> {
    const { runId, revision, document, viewId, chosen, range } = request;
    const { value: prediction, diagnostics } = await this.answer(
      document,
      'The prediction was not computed.',
      () => this.landscaper.of(document, viewId),
      (landscaper) => landscaper.predict(modelOf(request), request, chosen, range),
    );
    return { runId, revision, prediction, diagnostics };
  }

  async pictures(request: PicturesRequest): Promise<PicturesAnswer> {
    const { runId, revision, document } = request;
    const { value: strip, diagnostics } = await this.answer(
      document,
      'The pictures were not computed.',
      () => this.picturer.of(document, undefined),
      (picturer) => picturer.strip(modelOf(request)),
    );
    const answer = { runId, revision, strip, diagnostics };
    return strip ? transfer(answer, arrayBuffers(strip.rows.map(({ values }) => values))) : answer;
  }

  async nodePictures(request: NodePicturesRequest): Promise<NodePicturesAnswer> {
    const { runId, revision, document, nodeIds } = request;
    const { value: pictures, diagnostics } = await this.answer(
      document,
      'The pictures on the nodes were not computed.',
      () => this.nodePicturer.of(document, nodeIds),
      (picturer) => picturer.pictures(modelOf(request)),
    );
    const answer = { runId, revision, pictures, diagnostics };
    const panes = (pictures ?? []).flatMap((picture) => picture.panes);
    return transfer(
      answer,
      arrayBuffers(panes.flatMap(({ values, behind }) => (behind ? [values, behind] : [values]))),
    );
  }

  async latent(request: LatentRequest): Promise<LatentAnswer> {
    const { runId, revision, document, settings, withSamples } = request;
    const { value, diagnostics } = await this.answer(
      document,
      'The code was not looked at.',
      () => this.explorer.of(document, settings.viewId),
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

  async sequence(request: SequenceRequest): Promise<SequenceAnswer> {
    const { runId, revision, document, withFilm } = request;
    const { value, diagnostics } = await this.answer(
      document,
      'The sequences were not followed.',
      () => this.sequences.of(document, undefined),
      async (reader) => ({
        frame: await reader.frame(modelOf(request)),
        film: withFilm ? reader.film() : null,
      }),
    );
    const { frame = null, film = null } = value ?? {};
    const { curves = [], places = [] } = frame ?? {};
    const arrays = [
      ...curves.flatMap(({ own, others }) => [own, others]),
      ...places.flatMap(({ decoded, truth }) => [decoded, truth]),
      film?.pictures?.values,
      ...(film?.paths ?? []).map(({ values }) => values),
    ].filter((one) => !!one);
    return transfer({ runId, revision, frame, film, diagnostics }, arrayBuffers(arrays));
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
      () => this.embedder.of(document, settings),
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
      () => this.prober.of(document, undefined),
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

  private tool<Tool extends { dispose(): void }, Purpose = undefined>({
    create,
    withoutEngine = false,
    ...rest
  }: ToolKind<Tool, Purpose>): CompiledTool<Tool, Purpose> {
    const made = new CompiledTool<Tool, Purpose>({
      registry,
      ...rest,
      compile: async (document, purpose) => {
        const options = await this.options(withoutEngine);
        return options.ok ? create(analyse(document, registry), options.value, purpose) : options;
      },
    });
    this.tools.push(made);
    return made;
  }

  private async options(withoutEngine = false): Promise<Result<ToolOptions>> {
    const engine = await (withoutEngine && !this.engine ? this.plainEngine() : this.fastEngine());
    if (!engine.ok) return engine;
    return success({
      engine: engine.value,
      asset: fetchAsset,
      cache: this.cache,
    });
  }

  private async fastEngine(): Promise<Result<Engine>> {
    // Not the GPU: the run has it, and one evaluation now and then is little work.
    const engine = this.engine ? success(this.engine) : await startEngine(tfjs, browserHost);
    if (engine.ok) this.engine = engine.value;
    return engine;
  }

  private async plainEngine(): Promise<Result<Engine>> {
    const engine = this.plain ? success(this.plain) : await startEngine(reference, browserHost);
    if (engine.ok) this.plain = engine.value;
    return engine;
  }

  /** After a failure everything is made anew. */
  private discard(): void {
    for (const tool of this.tools) tool.discard();
    const { engine } = this;
    this.engine = null;
    freeAnyway(() => engine?.dispose());
  }
}

function modelOf({
  document,
  snapshot,
}: Pick<PicturesRequest, 'document' | 'snapshot'>): LandscapeModel {
  return { snapshot, live: liveValues(document, registry) };
}

exposeWorker(new ProbeWorker());
