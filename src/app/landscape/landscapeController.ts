import type { Analysis } from '../../compiler/analysis/analysis';
import { pictureSources } from '../../compiler/programs/pictureSources';
import { landscapeViews, type LandscapeView } from '../../compiler/programs/landscapeViews';
import type { Diagnostic } from '../../core/diagnostic';
import {
  PICTURES,
  type LandscapeActions,
  type LandscapeLook,
  type LandscapeState,
  type LandscapeStore,
  type LandscapeVariable,
  type Pictures,
} from '../../panels/landscape/landscapeStore';
import { valueOfCode } from '../../graph/latentCodes';
import { blockReason } from '../../panels/run/blockReason';
import type {
  ChosenValue,
  LandscapeRange,
  PlanePoint,
} from '../../probing/landscape/landscapeFrame';
import type { Model } from '../run/runSessions';
import { ModelWatcher, type ModelWatcherOptions } from '../watch/modelWatcher';
import type {
  DescentAnswer,
  DescentRequest,
  LandscapeAnswer,
  LandscapeRequest,
  PicturesAnswer,
  PicturesRequest,
  PredictionAnswer,
  PredictionRequest,
} from '../../../workers/protocol';

/** The part of `ProbeClient` that is used here. */
export interface LandscapePort {
  /** Null when a newer request overtook it. */
  landscape(request: LandscapeRequest): Promise<LandscapeAnswer | null>;
  descend(request: DescentRequest): Promise<DescentAnswer | null>;
  predict(request: PredictionRequest): Promise<PredictionAnswer | null>;
  pictures(request: PicturesRequest): Promise<PicturesAnswer | null>;
}

export interface LandscapeControllerOptions extends Omit<ModelWatcherOptions, 'draw'> {
  readonly landscape: LandscapeStore;
  readonly port: LandscapePort;
}

interface Answer {
  readonly shown: Pick<LandscapeState, 'frame'> | Pick<LandscapeState, 'strip'> | null;
  readonly diagnostics: readonly Diagnostic[];
}

const NOTHING = { frame: null, strip: null } as const;
/** Of what is chosen anew. */
const ANEW = { ...NOTHING, range: null, start: null, descent: null, prediction: null } as const;

/** Has the landscape of the chosen variable, or the pictures, computed while somebody looks, and whenever the graph or what is asked of it changes. */
export class LandscapeController implements LandscapeActions {
  /** Counts what makes answers to earlier questions useless. */
  private epoch = 0;
  /** What failed, and is not tried again by itself. */
  private failed: string | null = null;
  private viewed: {
    readonly analysis: Analysis;
    readonly variables: readonly (LandscapeVariable | Pictures)[];
  } | null = null;
  private readonly watcher: ModelWatcher;

  constructor(private readonly options: LandscapeControllerOptions) {
    const { editor, landscape } = options;
    this.watcher = new ModelWatcher({
      editor,
      glimpse: () => options.glimpse(),
      draw: () => this.ask(),
    });
    editor.subscribe((now, before) => {
      if (now.openedRevision !== before.openedRevision) {
        landscape.setState({ ...NOTHING, chosen: null, variables: null, problem: null });
        this.start({ ...ANEW, sample: 0 });
      } else if (now.document !== before.document) this.watcher.refresh();
    });
  }

  /** Weights to draw the landscape of from now on; null: there are none but the initial ones. */
  show = (model: Model | null): void => this.watcher.show(model);

  /** A run may have begun. */
  follow = (): void => this.watcher.follow();

  // What the panel asks for ----------------------------------------------------------------------

  watch = (): (() => void) => this.watcher.watch();

  choose = (variableId: string): void => {
    const { variables } = this.options.landscape.getState();
    const chosen = variables?.find(({ id }) => id === variableId);
    if (chosen) this.start({ ...ANEW, chosen, value: firstValue(chosen), sample: 0 });
  };

  setRange = (range: LandscapeRange | null): void => this.start({ range });

  setSample = (sample: number): void => this.start({ sample, start: null, descent: null });

  setLook = (look: Partial<LandscapeLook>): void =>
    this.options.landscape.setState((state) => ({ look: { ...state.look, ...look } }));

  descendFrom = (start: PlanePoint | null): void => {
    this.options.landscape.setState({ start, descent: null });
    if (start !== null) void this.askDescent();
  };

  chooseValue = (value: ChosenValue): void => {
    this.options.landscape.setState({ value });
    void this.askPrediction();
  };

  retry = (): void => {
    this.failed = null;
    this.watcher.refresh();
  };

  // Questions and answers ------------------------------------------------------------------------

  /** Another question: what was asked before it does not matter any more. */
  private start(change: Partial<LandscapeState>): void {
    this.epoch++;
    this.options.landscape.setState(change);
    this.watcher.refresh();
  }

  private async ask(): Promise<void> {
    const { landscape } = this.options;
    const request = this.request();
    if (request === null) return;
    const key = keyOf(request);
    if (this.failed === key) return;
    landscape.setState({ computing: true });
    const { epoch } = this;
    const answer = await this.answerTo(request);
    if (answer === null || epoch !== this.epoch) return;
    landscape.setState({ computing: false });
    if (answer.shown === null) {
      this.failed = key;
      const message = answer.diagnostics[0]?.message ?? 'Nothing was computed.';
      landscape.setState({ ...NOTHING, problem: { message, canRetry: true } });
      return;
    }
    this.failed = null;
    landscape.setState({ ...answer.shown, problem: null });
    await this.askPrediction();
    if (landscape.getState().start !== null) await this.askDescent();
  }

  /** What the port says, as it stands in the store; null where a newer request overtook it. */
  private async answerTo(request: LandscapeRequest): Promise<Answer | null> {
    const { port } = this.options;
    if (request.viewId === PICTURES.id) {
      const answer = await port.pictures(request);
      return answer && { ...answer, shown: answer.strip && { strip: answer.strip } };
    }
    const answer = await port.landscape(request);
    return answer && { ...answer, shown: answer.frame && { frame: answer.frame } };
  }

  private async askDescent(): Promise<void> {
    const { landscape, port } = this.options;
    const { frame, start } = landscape.getState();
    const request = frame && this.request();
    if (!request || start === null) return;
    const { epoch } = this;
    const answer = await port.descend({ ...request, range: frame.range, from: start });
    const isWanted = epoch === this.epoch && landscape.getState().start === start;
    if (answer?.descent && isWanted) landscape.setState({ descent: answer.descent });
  }

  private async askPrediction(): Promise<void> {
    const { landscape, port } = this.options;
    const { frame, value } = landscape.getState();
    const request = frame && value && this.request();
    if (!request || value === null) return;
    const { epoch } = this;
    const answer = await port.predict({ ...request, range: frame.range, chosen: value });
    const isWanted = epoch === this.epoch && landscape.getState().value?.key === value.key;
    if (answer && isWanted) landscape.setState({ prediction: answer.prediction });
  }

  /** What to ask for now; null where there is nothing to draw, which the store then says. */
  private request(): LandscapeRequest | null {
    const { landscape } = this.options;
    const source = this.watcher.source();
    const problem = blockReason(source.analysis.diagnostics);
    if (problem !== null) {
      landscape.setState({ ...NOTHING, problem: { message: problem, canRetry: false } });
      return null;
    }
    const variables = this.variablesOf(source.analysis);
    const before = landscape.getState();
    const chosen = variables.find(({ id }) => id === before.chosen?.id) ?? variables[0] ?? null;
    const isOther = chosen?.id !== before.chosen?.id;
    landscape.setState({
      ...{ variables, chosen, stale: this.watcher.isStale },
      ...(isOther ? { ...ANEW, value: chosen && firstValue(chosen) } : {}),
    });
    if (chosen === null) {
      landscape.setState({ ...NOTHING, problem: null, computing: false });
      return null;
    }
    const { analysis: _, ...asked } = source;
    const { range, sample } = landscape.getState();
    return { ...asked, viewId: chosen.id, range, sample };
  }

  private variablesOf(analysis: Analysis): readonly (LandscapeVariable | Pictures)[] {
    if (this.viewed?.analysis !== analysis) {
      const variables = landscapeViews(analysis).map(variableOf);
      const hasPictures = pictureSources(analysis).length > 0;
      this.viewed = { analysis, variables: hasPictures ? [...variables, PICTURES] : variables };
    }
    return this.viewed.variables;
  }
}

function variableOf(view: LandscapeView): LandscapeVariable {
  const { id, label, kind, held, inferred, latents } = view;
  const [x, y] = view.axes;
  const names = held.map(({ port }) => port).join(', ');
  return { id, label, kind, axes: [x.label, y.label], held: names, inferred, latents };
}

/** Where a control of the first latent begins: the first code, the middle of a space. */
function firstValue(variable: LandscapeVariable | Pictures): ChosenValue | null {
  const [latent] = variable.kind === 'pictures' ? [] : variable.latents;
  return latent ? { key: latent.key, value: valueOfCode(latent, 0) } : null;
}

/** A failure is one of the program and the view, whatever the weights. */
function keyOf({ runId, revision, viewId }: LandscapeRequest): string {
  return `${runId}|${revision}|${viewId}`;
}
