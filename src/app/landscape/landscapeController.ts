import type { Analysis } from '../../compiler/analysis/analysis';
import { portKey, type PortReference } from '../../compiler/graph/graph';
import { pictureSources } from '../../compiler/programs/pictureSources';
import type {
  LandscapePlane,
  LandscapeView,
} from '../../compiler/programs/landscape/landscapePlane';
import { LANDSCAPE_PLANES, planeOf } from '../../compiler/programs/landscape/planes';
import type { Diagnostic } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import {
  ARROWS,
  PICTURES,
  USUAL_SLICE,
  type LandscapeActions,
  type LandscapeChoice,
  type LandscapeLook,
  type LandscapeState,
  type LandscapeStore,
  type LandscapeVariable,
} from '../../panels/landscape/landscapeStore';
import { valueOfCode } from '../../graph/latentCodes';
import { sampleSize } from '../../graph/ports';
import { blockReason } from '../../panels/run/blockReason';
import type {
  ChosenValue,
  LandscapeRange,
  PlanePoint,
  SliceSettings,
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
  /** Counts the questions: while a landscape comes in parts, a newer one ends it. */
  private turn = 0;
  /** The epoch of the last landscape that was whole. */
  private surveyed = -1;
  /** What failed, and is not tried again by itself. */
  private failed: string | null = null;
  private viewed: {
    readonly analysis: Analysis;
    readonly variables: readonly LandscapeChoice[];
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
        this.start({ ...ANEW, sample: 0, slice: USUAL_SLICE });
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

  setSlice = (slice: Partial<SliceSettings>): void => {
    const before = this.options.landscape.getState().slice;
    this.start({ slice: { ...before, ...slice }, start: null, descent: null });
  };

  setLook = (look: Partial<LandscapeLook>): void => {
    const { landscape } = this.options;
    const wanted = this.wantsArrows;
    landscape.setState((state) => ({ look: { ...state.look, ...look } }));
    if (this.wantsArrows && !wanted) this.watcher.refresh();
  };

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
    const turn = ++this.turn;
    // What comes in parts is shown as it comes where there is nothing to see yet; in place of a whole picture once it is whole.
    const isFirst = (landscape.getState().frame?.missing ?? 1) > 0 || this.surveyed !== epoch;
    for (let isWhole = false; !isWhole;) {
      const answer = await this.answerTo(request);
      if (answer === null || epoch !== this.epoch) return;
      if (answer.shown === null) {
        this.failed = key;
        const message = answer.diagnostics[0]?.message ?? 'Nothing was computed.';
        const problem = { message, canRetry: true };
        landscape.setState({ ...NOTHING, problem, computing: false });
        return;
      }
      isWhole = !('frame' in answer.shown && (answer.shown.frame?.missing ?? 0) > 0);
      if (isWhole || isFirst) landscape.setState({ ...answer.shown, problem: null });
      if (!isWhole && turn !== this.turn) return;
    }
    this.surveyed = epoch;
    this.failed = null;
    landscape.setState({ computing: false });
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
    // What the graph has comes first.
    const chosen = variables.find(({ id }) => id === before.chosen?.id) ?? variables[0] ?? null;
    const isOther = chosen?.id !== before.chosen?.id;
    landscape.setState({
      ...{ variables, chosen, stale: this.watcher.isStale },
      ...(isOther ? { ...ANEW, value: chosen && firstValue(chosen) } : {}),
    });
    if (chosen?.shows !== 'plane' && chosen?.shows !== 'pictures') {
      landscape.setState({ ...NOTHING, problem: null, computing: false });
      return null;
    }
    const { analysis: _, ...asked } = source;
    const { range, sample, slice } = landscape.getState();
    const arrows = this.wantsArrows;
    return { ...asked, viewId: chosen.id, range, sample, slice, arrows };
  }

  private get wantsArrows(): boolean {
    const { look, chosen } = this.options.landscape.getState();
    return chosen?.shows === 'plane' && chosen.descends && !look.hidden.has(ARROWS);
  }

  private variablesOf(analysis: Analysis): readonly LandscapeChoice[] {
    if (this.viewed?.analysis !== analysis) {
      this.viewed = { analysis, variables: choicesOf(analysis) };
    }
    return this.viewed.variables;
  }
}

/** Planes of two numbers, then pictures, then slices; at the end what the graph does not have. */
function choicesOf(analysis: Analysis): LandscapeChoice[] {
  const planes = LANDSCAPE_PLANES.map((plane) => ({
    plane,
    variables: plane.views(analysis).map((view) => variableOf(analysis, view)),
  }));
  const ofSome = (isOfNumbers: boolean): LandscapeVariable[] =>
    planes
      .filter(({ plane }) => (plane.spannedBy === 'numbers') === isOfNumbers)
      .flatMap(({ variables }) => variables);
  const missing = planes
    .filter(({ variables }) => variables.length === 0)
    .map(({ plane: { kind, title: label, needs } }): LandscapeChoice => ({
      ...{ shows: 'nothing', id: `missing:${kind}`, label, needs },
    }));
  const pictures = pictureSources(analysis).length > 0 ? [PICTURES] : [];
  return [...ofSome(true), ...pictures, ...ofSome(false), ...missing];
}

function variableOf(analysis: Analysis, view: LandscapeView): LandscapeVariable {
  const { id, label, held, kept, moving, inferred, latents, axes, picture } = view;
  const plane = defined(planeOf(view), `plane of ${id}`);
  const isApart = plane.axes === 'apart';
  // A value that is made of y has the name of what makes it: a part of it, a view.
  const made = kept.map(({ nodeId }) => analysis.graph.byId.get(nodeId)?.label ?? nodeId);
  const names = [...made, ...held.map((one) => one.port)];
  const [port] = moving;
  const type = port && analysis.types.get(portKey(port.nodeId, port.port));
  const terms = new Map(analysis.objective.map((term) => [term.nodeId, term.label]));
  return {
    ...{ shows: 'plane', id, label, symbol: plane.symbol, isApart, hasDensity: plane.hasDensity },
    argument: argumentOf(
      plane.spannedBy,
      isApart && axes ? axes.map((axis) => axis.label) : [],
      port,
    ),
    descends: moving.length > 0,
    controls: plane.controls,
    held: names.join(', '),
    ...{ inferred, latents, picture },
    components: type ? sampleSize(type) : 0,
    terms: [...terms].map(([nodeId, name]) => ({ id: nodeId, label: name })),
  };
}

/** What F, E or L is a function of. */
function argumentOf(
  spannedBy: LandscapePlane['spannedBy'],
  names: readonly string[],
  port: PortReference | undefined,
): string {
  if (names.length > 0) return names.join(', ');
  if (spannedBy === 'weights') return 'θ';
  return spannedBy === 'samples' ? 'y' : (port?.port ?? 'y');
}

/** Where a control of the first latent begins: the first code, the middle of a space. */
function firstValue(variable: LandscapeChoice): ChosenValue | null {
  const [latent] = variable.shows === 'plane' ? variable.latents : [];
  return latent ? { key: latent.key, value: valueOfCode(latent, 0) } : null;
}

/** A failure is one of the program and the view, whatever the weights. */
function keyOf({ runId, revision, viewId }: LandscapeRequest): string {
  return `${runId}|${revision}|${viewId}`;
}
