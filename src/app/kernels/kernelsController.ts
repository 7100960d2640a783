import type { EditorStore } from '../../editor/store/editorState';
import type { KernelsActions, KernelsStore } from '../../panels/kernels/kernelsStore';
import type { PanelProblem } from '../../panels/panelProblem';
import { blockReason } from '../../panels/run/blockReason';
import type { PlanAnswer, PlanRequest } from '../../../workers/protocol';

/** The part of `PlanClient` that is used here. */
export interface PlanPort {
  plan(request: PlanRequest): Promise<PlanAnswer | null>;
}

export interface KernelsControllerOptions {
  readonly editor: EditorStore;
  readonly kernels: KernelsStore;
  readonly planner: PlanPort;
  /** Called once a little later: a parameter that is dragged is not planned at every value. */
  readonly later?: (task: () => void) => void;
}

const REST_MS = 150;

/**
 * Has the document planned while somebody looks, again whenever the graph becomes another program, and lights up the
 * nodes of the chosen kernel. Planning goes on in a worker; an answer for a graph that is no more is dropped.
 */
export class KernelsController implements KernelsActions {
  private readonly editor: EditorStore;
  private readonly kernels: KernelsStore;
  private readonly planner: PlanPort;
  private readonly later: (task: () => void) => void;
  private watchers = 0;
  /** Revision that was asked for last; null after a failure. */
  private asked: number | null = null;

  constructor({ editor, kernels, planner, later }: KernelsControllerOptions) {
    this.editor = editor;
    this.kernels = kernels;
    this.planner = planner;
    this.later = later ?? ((task) => setTimeout(task, REST_MS));
    editor.subscribe((now, before) => {
      if (now.openedRevision !== before.openedRevision) {
        kernels.setState({ plan: null, problem: null });
        this.choose(null);
      }
      if (now.revision !== before.revision) this.follow();
    });
  }

  watch = (): (() => void) => {
    this.watchers++;
    this.light();
    if (this.asked !== this.editor.getState().revision) this.ask();
    return () => {
      this.watchers--;
      this.light();
    };
  };

  choose = (chosen: number | null): void => {
    this.kernels.setState({ chosen });
    this.light();
  };

  retry = (): void => this.ask();

  private follow(): void {
    if (this.watchers === 0) return;
    this.kernels.setState({ planning: true });
    this.later(() => {
      if (this.watchers > 0 && this.asked !== this.editor.getState().revision) this.ask();
    });
  }

  private ask(): void {
    const problem = blockReason(this.editor.settle().diagnostics);
    const { document, revision } = this.editor.getState();
    this.asked = revision;
    if (problem !== null) return this.show({ plan: null, problem: faultOf(problem) });
    this.kernels.setState({ planning: true });
    this.planner.plan({ document, revision }).then(
      (answer) => {
        if (answer !== null && this.asked === answer.revision) this.receive(answer);
      },
      (error: unknown) => {
        if (this.asked !== revision) return;
        this.asked = null;
        const message = error instanceof Error ? error.message : String(error);
        this.show({ plan: null, problem: { message: `${message}.`, canRetry: true } });
      },
    );
  }

  private receive({ listing, target, compileMs, diagnostics }: PlanAnswer): void {
    const reason = blockReason(diagnostics);
    if (listing === null) this.show({ plan: null, problem: faultOf(reason ?? '') });
    else this.show({ plan: { ...target, listing, compileMs, tooLarge: reason }, problem: null });
  }

  private show(next: Pick<ReturnType<KernelsStore['getState']>, 'plan' | 'problem'>): void {
    const { plan, chosen } = this.kernels.getState();
    const before = chosen === null ? undefined : plan?.listing.kernels[chosen];
    // The same kernel where the new plan still has it.
    const kept = next.plan?.listing.kernels.findIndex(({ wgsl }) => wgsl === before?.wgsl) ?? -1;
    this.kernels.setState({ ...next, planning: false, chosen: kept < 0 ? null : kept });
    this.light();
  }

  private light(): void {
    const { plan, chosen } = this.kernels.getState();
    const kernel = chosen === null ? undefined : plan?.listing.kernels[chosen];
    const nodes = this.watchers > 0 ? (kernel?.nodes ?? []) : [];
    if (nodes.length > 0 || this.editor.overlays.getState().lit.size > 0) {
      this.editor.overlays.setLit(nodes);
    }
  }
}

/** A problem that changing the graph solves. */
function faultOf(message: string): PanelProblem {
  return { message, canRetry: false };
}
