import type { Diagnostic } from '../../core/diagnostic';
import { blockReason } from '../../panels/run/blockReason';
import type { PanelProblem } from '../../panels/panelProblem';
import type { Model } from '../run/runSessions';
import { ModelWatcher, type ModelSource, type ModelWatcherOptions } from './modelWatcher';

interface Answer {
  /** Null where it failed, which the diagnostics explain. */
  readonly frame: object | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ModelQuestionOptions<Request, Answered extends Answer> extends Omit<
  ModelWatcherOptions,
  'draw'
> {
  /** What to ask for now; null where there is nothing to show, which the store then says. */
  request(source: ModelSource): Request | null;
  /** What a failure is one of: the same question is not asked again by itself. */
  keyOf(request: Request): string;
  /** Null when a newer request overtook it. */
  ask(request: Request): Promise<Answered | null>;
  take(answer: Answered, request: Request): void;
  /** Nothing can be shown. */
  fail(problem: PanelProblem): void;
  /** Another document was opened, and what is known is not of it. */
  forget(): void;
}

/** Asks a worker about a model while somebody looks at the answers, and whenever the graph or the weights change. */
export class ModelQuestion<Request, Answered extends Answer> {
  private readonly watcher: ModelWatcher;
  /** Counts what makes answers to earlier questions useless. */
  private epoch = 0;
  /** What failed, and is not tried again by itself. */
  private failed: string | null = null;

  constructor(private readonly options: ModelQuestionOptions<Request, Answered>) {
    const { editor, glimpse } = options;
    this.watcher = new ModelWatcher({ editor, glimpse, draw: () => this.ask() });
    editor.subscribe((now, before) => {
      if (now.openedRevision !== before.openedRevision) {
        options.forget();
        this.askAnew();
      } else if (now.document !== before.document) this.refresh();
    });
  }

  /** Weights to ask about from now on; null: there are none but the initial ones. */
  show(model: Model | null): void {
    this.watcher.show(model);
  }

  /** A run may have begun. */
  follow(): void {
    this.watcher.follow();
  }

  /** Somebody looks from now on; returns how to stop. */
  watch(): () => void {
    return this.watcher.watch();
  }

  refresh(): void {
    this.watcher.refresh();
  }

  /** Another question: answers to earlier ones do not matter any more. */
  askAnew(): void {
    this.epoch++;
    this.refresh();
  }

  retry(): void {
    this.failed = null;
    this.refresh();
  }

  /** Whether the graph that is asked about is another one by now than the one in the editor. */
  get isStale(): boolean {
    return this.watcher.isStale;
  }

  private async ask(): Promise<void> {
    const { options } = this;
    const source = this.watcher.source();
    const blocked = blockReason(source.analysis.diagnostics);
    if (blocked !== null) return options.fail({ message: blocked, canRetry: false });
    const request = options.request(source);
    if (request === null) return;
    const key = options.keyOf(request);
    if (this.failed === key) return;
    const { epoch } = this;
    const answer = await options.ask(request);
    if (answer === null || epoch !== this.epoch) return;
    if (answer.frame === null) {
      this.failed = key;
      const message = answer.diagnostics[0]?.message ?? 'Nothing was computed.';
      return options.fail({ message, canRetry: true });
    }
    this.failed = null;
    options.take(answer, request);
  }
}
