import type { Analysis } from '../../compiler/analysis/analysis';
import { sameTrainingProgram } from '../../compiler/programs/sameTrainingProgram';
import { picturePorts } from '../../compiler/programs/compilePictures';
import { landscapeViews, type LandscapeView } from '../../compiler/programs/landscapeViews';
import type { Diagnostic } from '../../core/diagnostic';
import type { EditorStore } from '../../editor/store/editorState';
import {
  PICTURES,
  type LandscapeActions,
  type LandscapeLook,
  type LandscapeState,
  type LandscapeStore,
  type LandscapeVariable,
  type Pictures,
} from '../../panels/landscape/landscapeStore';
import { blockReason } from '../../panels/run/blockReason';
import type { LandscapeRange, PlanePoint } from '../../probing/landscape/landscapeFrame';
import type { Model } from '../run/runSessions';
import type {
  DescentAnswer,
  DescentRequest,
  LandscapeAnswer,
  LandscapeRequest,
  PicturesAnswer,
  PicturesRequest,
} from '../../../workers/protocol';

/** The part of `ProbeClient` that is used here. */
export interface LandscapePort {
  /** Null when a newer request overtook it. */
  landscape(request: LandscapeRequest): Promise<LandscapeAnswer | null>;
  descend(request: DescentRequest): Promise<DescentAnswer | null>;
  pictures(request: PicturesRequest): Promise<PicturesAnswer | null>;
}

export interface LandscapeControllerOptions {
  readonly editor: EditorStore;
  readonly landscape: LandscapeStore;
  readonly port: LandscapePort;
}

interface Answer {
  readonly shown: Pick<LandscapeState, 'frame'> | Pick<LandscapeState, 'strip'> | null;
  readonly diagnostics: readonly Diagnostic[];
}

const NOTHING = { frame: null, strip: null } as const;
/** Of what is chosen anew. */
const ANEW = { ...NOTHING, range: null, start: null, descent: null } as const;

/** What a landscape is of. */
type Source = Pick<LandscapeRequest, 'runId' | 'revision' | 'document' | 'snapshot'> & {
  readonly analysis: Analysis;
};

/**
 * Has the landscape of the chosen variable, or the pictures, computed while somebody looks, again for each snapshot of the run and whenever the
 * graph or what is asked of it changes. Which snapshots are left out is the port's affair.
 *
 * It is the landscape of the graph that was trained, which is stale once the graph is another one; before any run, of the
 * graph as it is with the weights that a run would start with.
 */
export class LandscapeController implements LandscapeActions {
  private model: Model | null = null;
  private watchers = 0;
  /** Counts what makes answers to earlier questions useless. */
  private epoch = 0;
  /** What failed, and is not tried again by itself. */
  private failed: string | null = null;
  private compared: {
    readonly revision: number;
    readonly trained: Analysis;
    readonly outdated: boolean;
  } | null = null;
  private viewed: {
    readonly analysis: Analysis;
    readonly variables: readonly (LandscapeVariable | Pictures)[];
  } | null = null;

  constructor(private readonly options: LandscapeControllerOptions) {
    const { editor, landscape } = options;
    editor.subscribe((now, before) => {
      if (now.openedRevision !== before.openedRevision) {
        landscape.setState({ ...NOTHING, chosen: null, variables: null, problem: null });
        this.start({ ...ANEW, sample: 0 });
      } else if (now.document !== before.document) this.refresh();
    });
  }

  /** Weights to draw the landscape of from now on; null: there are none but the initial ones. */
  show = (model: Model | null): void => {
    this.model = model;
    this.refresh();
  };

  // What the panel asks for ----------------------------------------------------------------------

  watch = (): (() => void) => {
    this.watchers++;
    this.refresh();
    return () => {
      this.watchers--;
    };
  };

  choose = (variableId: string): void => {
    const { variables } = this.options.landscape.getState();
    const chosen = variables?.find(({ id }) => id === variableId);
    if (chosen) this.start({ ...ANEW, chosen, sample: 0 });
  };

  setRange = (range: LandscapeRange | null): void => this.start({ range });

  setSample = (sample: number): void => this.start({ sample, start: null, descent: null });

  setLook = (look: Partial<LandscapeLook>): void =>
    this.options.landscape.setState((state) => ({ look: { ...state.look, ...look } }));

  descendFrom = (start: PlanePoint | null): void => {
    this.options.landscape.setState({ start, descent: null });
    if (start !== null) void this.askDescent();
  };

  retry = (): void => {
    this.failed = null;
    this.refresh();
  };

  // Questions and answers ------------------------------------------------------------------------

  /** Another question: what was asked before it does not matter any more. */
  private start(change: Partial<LandscapeState>): void {
    this.epoch++;
    this.options.landscape.setState(change);
    this.refresh();
  }

  private refresh(): void {
    if (this.watchers > 0) void this.ask();
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
    if (landscape.getState().start !== null) void this.askDescent();
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

  /** What to ask for now; null where there is nothing to draw, which the store then says. */
  private request(): LandscapeRequest | null {
    const { landscape } = this.options;
    const source = this.source();
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
      ...{ variables, chosen, stale: this.compared?.outdated === true && this.model !== null },
      ...(isOther ? ANEW : {}),
    });
    if (chosen === null) {
      landscape.setState({ ...NOTHING, problem: null, computing: false });
      return null;
    }
    const { analysis: _, ...asked } = source;
    const { range, sample } = landscape.getState();
    return { ...asked, viewId: chosen.id, range, sample };
  }

  private source(): Source {
    const { editor } = this.options;
    const { model } = this;
    // Settled first: the revision belongs to the analysis.
    const analysis = editor.settle();
    const { document, revision } = editor.getState();
    if (model !== null && this.isOutdated(model, analysis, revision)) {
      const { tag, ...trained } = model;
      return { ...tag, ...trained };
    }
    return {
      runId: model?.tag.runId ?? '',
      revision,
      document,
      analysis,
      snapshot: model?.snapshot ?? null,
    };
  }

  /** Whether the graph makes another program by now than the one that was trained. Compared once for each revision. */
  private isOutdated(model: Model, analysis: Analysis, revision: number): boolean {
    if (this.compared?.revision !== revision || this.compared.trained !== model.analysis) {
      const outdated = !sameTrainingProgram(model.analysis, analysis);
      this.compared = { revision, trained: model.analysis, outdated };
    }
    return this.compared.outdated;
  }

  private variablesOf(analysis: Analysis): readonly (LandscapeVariable | Pictures)[] {
    if (this.viewed?.analysis !== analysis) {
      const variables = landscapeViews(analysis).map(variableOf);
      const hasPictures = picturePorts(analysis).length > 0;
      this.viewed = { analysis, variables: hasPictures ? [...variables, PICTURES] : variables };
    }
    return this.viewed.variables;
  }
}

function variableOf(view: LandscapeView): LandscapeVariable {
  const { id, label, kind, held, inferred } = view;
  const [x, y] = view.axes;
  const names = held.map(({ port }) => port).join(', ');
  return { id, label, kind, axes: [x.label, y.label], held: names, inferred };
}

/** A failure is one of the program and the view, whatever the weights. */
function keyOf({ runId, revision, viewId }: LandscapeRequest): string {
  return `${runId}|${revision}|${viewId}`;
}
