import type { Analysis } from '../../compiler/analysis/analysis';
import { sameTrainingProgram } from '../../compiler/programs/sameTrainingProgram';
import { landscapeViews, type LandscapeView } from '../../compiler/programs/landscapeViews';
import type { EditorStore } from '../../editor/store/editorState';
import type {
  LandscapeActions,
  LandscapeLook,
  LandscapeState,
  LandscapeStore,
  LandscapeVariable,
} from '../../panels/landscape/landscapeStore';
import { blockReason } from '../../panels/run/blockReason';
import type { LandscapeRange, PlanePoint } from '../../probing/landscape/landscapeFrame';
import type { Model } from '../run/runSessions';
import type {
  DescentAnswer,
  DescentRequest,
  LandscapeAnswer,
  LandscapeRequest,
} from '../../../workers/protocol';

/** The part of `ProbeClient` that is used here. */
export interface LandscapePort {
  /** Null when a newer request overtook it. */
  landscape(request: LandscapeRequest): Promise<LandscapeAnswer | null>;
  descend(request: DescentRequest): Promise<DescentAnswer | null>;
}

export interface LandscapeControllerOptions {
  readonly editor: EditorStore;
  readonly landscape: LandscapeStore;
  readonly port: LandscapePort;
}

/** What a landscape is of. */
type Source = Pick<LandscapeRequest, 'runId' | 'revision' | 'document' | 'snapshot'> & {
  readonly analysis: Analysis;
};

/**
 * Has the landscape of the chosen variable computed while somebody looks, again for each snapshot of the run and whenever the
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
  private viewed: { readonly analysis: Analysis; readonly views: LandscapeView[] } | null = null;

  constructor(private readonly options: LandscapeControllerOptions) {
    const { editor, landscape } = options;
    editor.subscribe((now, before) => {
      if (now.openedRevision !== before.openedRevision) {
        landscape.setState({ frame: null, chosen: null, variables: null, problem: null });
        this.start({ range: null, sample: 0, start: null, descent: null });
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
    if (chosen)
      this.start({ chosen, frame: null, range: null, sample: 0, start: null, descent: null });
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
    const { landscape, port } = this.options;
    const request = this.request();
    if (request === null) return;
    const key = keyOf(request);
    if (this.failed === key) return;
    landscape.setState({ computing: true });
    const { epoch } = this;
    const answer = await port.landscape(request);
    if (answer === null || epoch !== this.epoch) return;
    const { frame, diagnostics } = answer;
    landscape.setState({ computing: false });
    if (frame !== null) {
      this.failed = null;
      landscape.setState({ frame, problem: null });
      if (landscape.getState().start !== null) void this.askDescent();
      return;
    }
    this.failed = key;
    const [first] = diagnostics;
    const message = first?.message ?? 'The landscape was not computed.';
    landscape.setState({ frame: null, problem: { message, canRetry: true } });
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
      landscape.setState({ frame: null, problem: { message: problem, canRetry: false } });
      return null;
    }
    const variables = this.variablesOf(source.analysis);
    const before = landscape.getState();
    const chosen = variables.find(({ id }) => id === before.chosen?.id) ?? variables[0] ?? null;
    const isOther = chosen?.id !== before.chosen?.id;
    landscape.setState({
      ...{ variables, chosen, stale: this.compared?.outdated === true && this.model !== null },
      ...(isOther ? { frame: null, range: null, start: null, descent: null } : {}),
    });
    if (chosen === null) {
      landscape.setState({ frame: null, problem: null, computing: false });
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

  private variablesOf(analysis: Analysis): LandscapeVariable[] {
    if (this.viewed?.analysis !== analysis) {
      this.viewed = { analysis, views: landscapeViews(analysis) };
    }
    return this.viewed.views.map(({ id, label, kind, axes, held }) => ({
      id,
      label,
      kind,
      axes: [axes[0].label, axes[1].label],
      held: held.map(({ port }) => port).join(', '),
    }));
  }
}

/** A failure is one of the program and the view, whatever the weights. */
function keyOf({ runId, revision, viewId }: LandscapeRequest): string {
  return `${runId}|${revision}|${viewId}`;
}
