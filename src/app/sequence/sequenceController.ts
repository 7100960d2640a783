import { sequenceParts } from '../../compiler/programs/sequenceParts';
import type { Analysis } from '../../compiler/analysis/analysis';
import type { SequenceActions, SequenceStore } from '../../panels/sequence/sequenceStore';
import type { SequenceAnswer, SequenceRequest } from '../../../workers/protocol';
import type { Model } from '../run/runSessions';
import { ModelQuestion } from '../watch/modelQuestion';
import type { ModelSource, ModelWatcherOptions } from '../watch/modelWatcher';

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
  private readonly question: ModelQuestion<SequenceRequest, SequenceAnswer>;
  /** What the film in the store is that of. */
  private filmed = '';
  private known: { readonly analysis: Analysis; readonly hasTime: boolean } | null = null;

  constructor(private readonly options: SequenceControllerOptions) {
    const { editor, glimpse, sequence, port } = options;
    this.question = new ModelQuestion<SequenceRequest, SequenceAnswer>({
      editor,
      glimpse,
      request: (source) => this.request(source),
      keyOf,
      ask: (request) => port.sequence(request),
      take: ({ frame, film }, request) => {
        if (film !== null) this.filmed = keyOf(request);
        sequence.setState({ frame, problem: null, ...(film === null ? {} : { film }) });
      },
      fail: (problem) => sequence.setState({ frame: null, problem }),
      forget: () => {
        this.filmed = '';
        sequence.setState({ hasTime: null, frame: null, film: null, problem: null });
      },
    });
  }

  /** Weights to follow sequences with from now on; null: there are none but the initial ones. */
  show = (model: Model | null): void => this.question.show(model);

  /** A run may have begun. */
  follow = (): void => this.question.follow();

  // What the panel asks for ----------------------------------------------------------------------

  watch = (): (() => void) => this.question.watch();

  retry = (): void => this.question.retry();

  // What is asked --------------------------------------------------------------------------------

  private request({ analysis, runId, revision, document, snapshot }: ModelSource) {
    const { sequence } = this.options;
    const hasTime = this.hasTime(analysis);
    sequence.setState({ hasTime, stale: this.question.isStale });
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
