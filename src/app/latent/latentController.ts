import type { Analysis } from '../../compiler/analysis/analysis';
import { latentViews } from '../../compiler/programs/latentViews';
import type {
  LatentActions,
  LatentChoice,
  LatentState,
  LatentStore,
} from '../../panels/latent/latentStore';
import { blockReason } from '../../panels/run/blockReason';
import type { LatentAnswer, LatentRequest } from '../../../workers/protocol';
import type { Model } from '../run/runSessions';
import { ModelWatcher, type ModelWatcherOptions } from '../watch/modelWatcher';

/** The part of `ProbeClient` that is used here. */
export interface LatentPort {
  /** Null when a newer request overtook it. */
  latent(request: LatentRequest): Promise<LatentAnswer | null>;
}

export interface LatentControllerOptions extends Omit<ModelWatcherOptions, 'draw'> {
  readonly latent: LatentStore;
  readonly port: LatentPort;
}

/** Of what is chosen anew. */
const ANEW = { frame: null, sample: 0, changes: {} } as const;

/** Has what the graph makes of a code computed while somebody looks, and whenever the graph or the code changes. */
export class LatentController implements LatentActions {
  private readonly watcher: ModelWatcher;
  /** Counts what makes answers to earlier questions useless. */
  private epoch = 0;
  /** What failed, and is not tried again by itself. */
  private failed: string | null = null;
  /** What the samples in the store are those of. */
  private tabled = '';
  private viewed: {
    readonly analysis: Analysis;
    readonly choices: readonly LatentChoice[];
  } | null = null;

  constructor(private readonly options: LatentControllerOptions) {
    const { editor, latent, glimpse } = options;
    this.watcher = new ModelWatcher({ editor, glimpse, draw: () => this.ask() });
    editor.subscribe((now, before) => {
      if (now.openedRevision !== before.openedRevision) {
        this.tabled = '';
        latent.setState({ ...ANEW, choices: null, chosen: null, samples: null, problem: null });
        this.epoch++;
        this.watcher.refresh();
      } else if (now.document !== before.document) this.watcher.refresh();
    });
  }

  /** Weights to show the code of from now on; null: there are none but the initial ones. */
  show = (model: Model | null): void => this.watcher.show(model);

  /** A run may have begun. */
  follow = (): void => this.watcher.follow();

  // What the panel asks for ----------------------------------------------------------------------

  watch = (): (() => void) => this.watcher.watch();

  choose = (id: string): void => {
    const chosen = this.state.choices?.find((choice) => choice.id === id);
    if (!chosen) return;
    this.epoch++;
    this.options.latent.setState({ ...ANEW, chosen });
    this.watcher.refresh();
  };

  setSample = (sample: number): void => {
    this.options.latent.setState({ sample, changes: {} });
    this.watcher.refresh();
  };

  change = (numbers: Readonly<Record<number, number>>): void => {
    this.options.latent.setState(({ changes }) => ({ changes: { ...changes, ...numbers } }));
    this.watcher.refresh();
  };

  restore = (): void => {
    this.options.latent.setState({ changes: {} });
    this.watcher.refresh();
  };

  retry = (): void => {
    this.failed = null;
    this.watcher.refresh();
  };

  // Questions and answers ------------------------------------------------------------------------

  private get state(): LatentState {
    return this.options.latent.getState();
  }

  private async ask(): Promise<void> {
    const { latent, port } = this.options;
    const request = this.request();
    if (request === null || this.failed === keyOf(request)) return;
    const { epoch } = this;
    const answer = await port.latent(request);
    if (answer === null || epoch !== this.epoch) return;
    const { frame, samples, diagnostics } = answer;
    if (frame === null) {
      this.failed = keyOf(request);
      const message = diagnostics[0]?.message ?? 'Nothing was computed.';
      latent.setState({ frame, problem: { message, canRetry: true } });
      return;
    }
    if (request.withSamples) {
      this.tabled = keyOf(request);
      latent.setState({ samples });
    }
    this.failed = null;
    latent.setState({ frame, problem: null });
  }

  /** What to ask for now; null where there is nothing to show, which the store then says. */
  private request(): LatentRequest | null {
    const { latent } = this.options;
    const { analysis, ...source } = this.watcher.source();
    const message = blockReason(analysis.diagnostics);
    if (message !== null) {
      latent.setState({ frame: null, problem: { message, canRetry: false } });
      return null;
    }
    const choices = this.choicesOf(analysis);
    const before = this.state.chosen?.id;
    const chosen = choices.find(({ id }) => id === before) ?? choices[0] ?? null;
    latent.setState({
      ...{ choices, chosen, stale: this.watcher.isStale },
      ...(chosen?.id === before ? {} : ANEW),
    });
    if (chosen === null) {
      latent.setState({ frame: null, problem: null });
      return null;
    }
    const { sample, changes } = this.state;
    const request = { ...source, settings: { viewId: chosen.id, sample, changes } };
    return { ...request, withSamples: keyOf(request) !== this.tabled };
  }

  private choicesOf(analysis: Analysis): readonly LatentChoice[] {
    if (this.viewed?.analysis !== analysis) {
      const choices = latentViews(analysis).map(
        ({ id, label, domain, picture, target: { nodeId } }): LatentChoice => {
          const target = analysis.graph.byId.get(nodeId)?.label ?? nodeId;
          return { id, label, domain, picture, target };
        },
      );
      this.viewed = { analysis, choices };
    }
    return this.viewed.choices;
  }
}

/** A failure is one of the program and the view, whatever the weights. */
function keyOf({
  runId,
  revision,
  settings,
}: Pick<LatentRequest, 'runId' | 'revision' | 'settings'>): string {
  return `${runId}|${revision}|${settings.viewId}`;
}
