import type { Analysis } from '../../compiler/analysis/analysis';
import { latentViews } from '../../compiler/programs/latentViews';
import type {
  LatentActions,
  LatentChoice,
  LatentState,
  LatentStore,
} from '../../panels/latent/latentStore';
import type { LatentAnswer, LatentRequest } from '../../../workers/protocol';
import type { Model } from '../run/runSessions';
import { ModelQuestion } from '../watch/modelQuestion';
import type { ModelSource, ModelWatcherOptions } from '../watch/modelWatcher';

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
  private readonly question: ModelQuestion<LatentRequest, LatentAnswer>;
  /** What the samples in the store are those of. */
  private tabled = '';
  private viewed: {
    readonly analysis: Analysis;
    readonly choices: readonly LatentChoice[];
  } | null = null;

  constructor(private readonly options: LatentControllerOptions) {
    const { editor, glimpse, latent, port } = options;
    this.question = new ModelQuestion<LatentRequest, LatentAnswer>({
      editor,
      glimpse,
      request: (source) => this.request(source),
      keyOf,
      ask: (request) => port.latent(request),
      take: ({ frame, samples }, request) => {
        if (request.withSamples) {
          this.tabled = keyOf(request);
          latent.setState({ samples });
        }
        latent.setState({ frame, problem: null });
      },
      fail: (problem) => latent.setState({ frame: null, problem }),
      forget: () => {
        this.tabled = '';
        latent.setState({ ...ANEW, choices: null, chosen: null, samples: null, problem: null });
      },
    });
  }

  /** Weights to show the code of from now on; null: there are none but the initial ones. */
  show = (model: Model | null): void => this.question.show(model);

  /** A run may have begun. */
  follow = (): void => this.question.follow();

  // What the panel asks for ----------------------------------------------------------------------

  watch = (): (() => void) => this.question.watch();

  choose = (id: string): void => {
    const chosen = this.state.choices?.find((choice) => choice.id === id);
    if (!chosen) return;
    this.options.latent.setState({ ...ANEW, chosen });
    this.question.askAnew();
  };

  setSample = (sample: number): void => {
    this.options.latent.setState({ sample, changes: {} });
    this.question.refresh();
  };

  change = (numbers: Readonly<Record<number, number>>): void => {
    this.options.latent.setState(({ changes }) => ({ changes: { ...changes, ...numbers } }));
    this.question.refresh();
  };

  restore = (): void => {
    this.options.latent.setState({ changes: {} });
    this.question.refresh();
  };

  retry = (): void => this.question.retry();

  // What is asked --------------------------------------------------------------------------------

  private get state(): LatentState {
    return this.options.latent.getState();
  }

  private request({ analysis, ...source }: ModelSource): LatentRequest | null {
    const { latent } = this.options;
    const choices = this.choicesOf(analysis);
    const before = this.state.chosen?.id;
    const chosen = choices.find(({ id }) => id === before) ?? choices[0] ?? null;
    latent.setState({
      ...{ choices, chosen, stale: this.question.isStale },
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
