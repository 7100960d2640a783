import type { Analysis } from '../../compiler/analysis/analysis';
import { embeddingPorts } from '../../compiler/programs/embeddingPorts';
import type {
  ColouringEnergy,
  EmbeddablePort,
  EmbeddingActions,
  EmbeddingState,
  EmbeddingStore,
} from '../../panels/embedding/embeddingStore';
import { blockReason } from '../../panels/run/blockReason';
import type { EmbeddingSettings } from '../../probing/embedding/embeddingFrame';
import type { EmbeddingAnswer, EmbeddingRequest } from '../../../workers/protocol';
import type { Model } from '../run/runSessions';
import { ModelWatcher, type ModelSource, type ModelWatcherOptions } from '../watch/modelWatcher';

/** The part of `ProbeClient` that is used here. */
export interface EmbeddingPort {
  embed(request: EmbeddingRequest, progress: (part: number) => void): Promise<EmbeddingAnswer>;
  stopEmbedding(): Promise<void>;
}

export interface EmbeddingControllerOptions extends Omit<ModelWatcherOptions, 'draw'> {
  readonly embedding: EmbeddingStore;
  readonly port: EmbeddingPort;
}

const NOTHING = { frame: null, computing: false, progress: null } as const;

/**
 * Has the values of a port drawn as points while somebody looks, one embedding at a time: what changes meanwhile, snapshots of a run
 * too, is for the next one.
 */
export class EmbeddingController implements EmbeddingActions {
  private readonly watcher: ModelWatcher;
  private looks = false;
  private release: (() => void) | null = null;
  private underWay: Promise<void> | null = null;
  private again = false;
  /** Counts what makes the answer to an earlier question useless. */
  private epoch = 0;
  /** What failed, and is not tried again by itself. */
  private failed: string | null = null;
  private asked: Pick<ModelSource, 'document' | 'snapshot'> | null = null;
  private modelId = 0;
  /** What the samples in the store are those of. */
  private tabled = '';
  private viewed: {
    readonly analysis: Analysis;
    readonly ports: readonly EmbeddablePort[];
    readonly energies: readonly ColouringEnergy[];
  } | null = null;

  constructor(private readonly options: EmbeddingControllerOptions) {
    const { editor, embedding, glimpse } = options;
    this.watcher = new ModelWatcher({ editor, glimpse, draw: () => this.ask() });
    editor.subscribe((now, before) => {
      if (now.openedRevision !== before.openedRevision) {
        this.tabled = '';
        embedding.setState({ ports: null, samples: null, problem: null, ...NOTHING });
        this.start({}, { port: '', colour: { by: 'label' } });
      } else if (now.document !== before.document) this.watcher.refresh();
    });
  }

  /** Weights to draw from now on; null: there are none but the initial ones. */
  show = (model: Model | null): void => this.watcher.show(model);

  /** A run may have begun. */
  followRun = (): void => this.watcher.follow();

  // What the panel asks for ----------------------------------------------------------------------

  watch = (): (() => void) => {
    this.looks = true;
    const { following, frame } = this.state;
    if (following) this.release ??= this.watcher.watch();
    else if (frame === null) void this.ask();
    return () => {
      this.looks = false;
      this.rest();
      void this.options.port.stopEmbedding();
    };
  };

  choose = (change: Partial<EmbeddingSettings>): void => {
    const { settings } = this.state;
    const isOtherPort = change.port !== undefined && change.port !== settings.port;
    const { colour } = settings;
    const keeps = colour.by !== 'component' || !isOtherPort;
    this.start({}, { ...(keeps ? {} : { colour: { by: 'label' } }), ...change });
  };

  follow = (following: boolean): void => {
    this.set({ following });
    if (!following) this.rest();
    else if (this.looks) this.release ??= this.watcher.watch();
  };

  stop = (): void => {
    this.follow(false);
    this.again = false;
    void this.options.port.stopEmbedding();
  };

  retry = (): void => {
    this.failed = null;
    void this.ask();
  };

  // Questions and answers ------------------------------------------------------------------------

  private get state(): EmbeddingState {
    return this.options.embedding.getState();
  }

  private set(change: Partial<EmbeddingState>): void {
    this.options.embedding.setState(change);
  }

  private rest(): void {
    this.release?.();
    this.release = null;
  }

  /** Another question: what is being computed does not matter any more. */
  private start(change: Partial<EmbeddingState>, settings: Partial<EmbeddingSettings>): void {
    this.epoch++;
    this.set({ ...change, settings: { ...this.state.settings, ...settings } });
    if (!this.looks) return;
    if (this.underWay !== null) void this.options.port.stopEmbedding();
    void this.ask();
  }

  private async ask(): Promise<void> {
    if (this.underWay !== null) {
      this.again = true;
      return this.underWay;
    }
    this.underWay = this.askUntilQuiet();
    await this.underWay;
  }

  private async askUntilQuiet(): Promise<void> {
    try {
      do {
        this.again = false;
        await this.askOnce();
      } while (this.again && this.looks);
    } finally {
      this.underWay = null;
    }
  }

  private async askOnce(): Promise<void> {
    const request = this.request();
    const key = request && keyOf(request);
    if (request === null || this.failed === key) return;
    this.set({ computing: true, progress: null });
    const { epoch } = this;
    const answer = await this.options.port.embed(request, (progress) => {
      if (epoch === this.epoch && this.state.computing) this.set({ progress });
    });
    this.set({ computing: false, progress: null });
    if (epoch !== this.epoch) return;
    const { frame, samples, stopped, diagnostics } = answer;
    if (request.withSamples && frame !== null) {
      this.tabled = tableOf(request);
      this.set({ samples });
    }
    if (frame !== null) {
      this.failed = null;
      this.set({ frame, problem: null });
    } else if (!stopped) {
      this.failed = key;
      const message = diagnostics[0]?.message ?? 'Nothing was computed.';
      this.set({ ...NOTHING, problem: { message, canRetry: true } });
    }
  }

  /** What to ask for now; null where there is nothing to draw, which the store then says. */
  private request(): EmbeddingRequest | null {
    const source = this.watcher.source();
    const message = blockReason(source.analysis.diagnostics);
    if (message !== null) {
      this.set({ ...NOTHING, problem: { message, canRetry: false } });
      return null;
    }
    const { ports, energies } = this.choicesOf(source.analysis);
    const { settings: before, frame } = this.state;
    const port = ports.find(({ key }) => key === before.port) ?? firstOf(ports);
    const colour = isThere(before.colour, energies) ? before.colour : ({ by: 'label' } as const);
    const settings = { ...before, port: port?.key ?? '', colour };
    const isShown = frame?.port === settings.port && frame.dimensions === settings.dimensions;
    this.set({
      ...{ ports, energies, settings, stale: this.watcher.isStale },
      ...(isShown ? {} : { frame: null }),
    });
    if (port === undefined) {
      this.set({ ...NOTHING, problem: null });
      return null;
    }
    const { runId, revision, document, snapshot } = source;
    if (this.asked?.document !== document || this.asked.snapshot !== snapshot) this.modelId++;
    this.asked = { document, snapshot };
    const request = { runId, revision, document, snapshot, settings, modelId: this.modelId };
    return { ...request, withSamples: tableOf(request) !== this.tabled };
  }

  private choicesOf(analysis: Analysis): NonNullable<EmbeddingController['viewed']> {
    if (this.viewed?.analysis !== analysis) {
      const ports = embeddingPorts(analysis).map(({ key, label, width }) => ({
        key,
        label,
        width,
      }));
      const energies = analysis.graph.nodes
        .filter(({ ports: { outputs } }) => outputs.some(({ type }) => type === 'energy'))
        .map(({ id, label }) => ({ nodeId: id, label }));
      this.viewed = { analysis, ports, energies };
    }
    return this.viewed;
  }
}

/** A plane shows nothing of what is a number. */
function firstOf(ports: readonly EmbeddablePort[]): EmbeddablePort | undefined {
  return ports.find(({ width }) => width > 1) ?? ports[0];
}

function isThere(
  colour: EmbeddingSettings['colour'],
  energies: readonly ColouringEnergy[],
): boolean {
  return colour.by !== 'energy' || energies.some(({ nodeId }) => nodeId === colour.nodeId);
}

/** A failure is one of the program and what is asked of it, whatever the weights. */
function keyOf({ runId, revision, settings }: EmbeddingRequest): string {
  return `${runId}|${revision}|${JSON.stringify(settings)}`;
}

/** Samples change with the graph, and are perhaps others for another port. */
function tableOf({ revision, settings }: Pick<EmbeddingRequest, 'revision' | 'settings'>): string {
  return `${revision}|${settings.port}`;
}
