import { sequenceParts } from '../../compiler/programs/sequenceParts';
import type { Analysis } from '../../compiler/analysis/analysis';
import type { SequenceActions, SequenceStore } from '../../panels/sequence/sequenceStore';
import { blockReason } from '../../panels/run/blockReason';
import type { SequenceAnswer, SequenceRequest } from '../../../workers/protocol';
import type { Model } from '../run/runSessions';
import { ModelWatcher, type ModelWatcherOptions } from '../watch/modelWatcher';

/** The part of `ProbeClient` that is used here. */
export interface SequencePort {
  /** Null when a newer request overtook it. */
  sequence(request: SequenceRequest): Promise<SequenceAnswer | null>;
}

export interface SequenceControllerOptions extends Omit<ModelWatcherOptions, 'draw'> {
  readonly sequence: SequenceStore;
  readonly port: SequencePort;
}

/** Has held-out sequences followed through the graph while somebody looks, and whenever the graph or the weights change. */
export class SequenceController implements SequenceActions {
  private readonly watcher: ModelWatcher;
  /** Counts what makes answers to earlier questions useless. */
  private epoch = 0;
  /** What failed, and is not tried again by itself. */
  private failed: string | null = null;
  /** What the film in the store is that of. */
  private filmed = '';
  private known: { readonly analysis: Analysis; readonly hasTime: boolean } | null = null;

  constructor(private readonly options: SequenceControllerOptions) {
    const { editor, sequence, glimpse } = options;
    this.watcher = new ModelWatcher({ editor, glimpse, draw: () => this.ask() });
    editor.subscribe((now, before) => {
      if (now.openedRevision !== before.openedRevision) {
        this.filmed = '';
        sequence.setState({ hasTime: null, frame: null, film: null, problem: null });
        this.epoch++;
        this.watcher.refresh();
      } else if (now.document !== before.document) this.watcher.refresh();
    });
  }

  /** Weights to follow sequences with from now on; null: there are none but the initial ones. */
  show = (model: Model | null): void => this.watcher.show(model);

  /** A run may have begun. */
  follow = (): void => this.watcher.follow();

  // What the panel asks for ----------------------------------------------------------------------

  watch = (): (() => void) => this.watcher.watch();

  retry = (): void => {
    this.failed = null;
    this.watcher.refresh();
  };

  // Questions and answers ------------------------------------------------------------------------

  private async ask(): Promise<void> {
    const { sequence, port } = this.options;
    const request = this.request();
    if (request === null || this.failed === keyOf(request)) return;
    const { epoch } = this;
    const answer = await port.sequence(request);
    if (answer === null || epoch !== this.epoch) return;
    const { frame, film, diagnostics } = answer;
    if (frame === null) {
      this.failed = keyOf(request);
      const message = diagnostics[0]?.message ?? 'Nothing was computed.';
      sequence.setState({ frame, problem: { message, canRetry: true } });
      return;
    }
    this.failed = null;
    if (film !== null) this.filmed = keyOf(request);
    sequence.setState({ frame, problem: null, ...(film === null ? {} : { film }) });
  }

  /** What to ask for now; null where there is nothing to show, which the store then says. */
  private request(): SequenceRequest | null {
    const { sequence } = this.options;
    const { analysis, runId, revision, document, snapshot } = this.watcher.source();
    const message = blockReason(analysis.diagnostics);
    if (message !== null) {
      sequence.setState({ frame: null, problem: { message, canRetry: false } });
      return null;
    }
    const hasTime = this.hasTime(analysis);
    sequence.setState({ hasTime, stale: this.watcher.isStale });
    if (!hasTime) {
      sequence.setState({ frame: null, problem: null });
      return null;
    }
    const tag = { runId, revision };
    return { ...tag, document, snapshot, withFilm: keyOf(tag) !== this.filmed };
  }

  private hasTime(analysis: Analysis): boolean {
    if (this.known?.analysis !== analysis) {
      this.known = { analysis, hasTime: sequenceParts(analysis) !== null };
    }
    return this.known.hasTime;
  }
}

/** A failure is one of the program, whatever the weights, and sequences change with the graph. */
function keyOf({ runId, revision }: Pick<SequenceRequest, 'runId' | 'revision'>): string {
  return `${runId}|${revision}`;
}
