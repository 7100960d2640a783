import type { Analysis } from '../../compiler/analysis/analysis';
import { stillTrains } from '../../compiler/programs/sameTrainingProgram';
import type { BasinDocument } from '../../document/schema';
import type { EditorStore } from '../../editor/store/editorState';
import type { Snapshot } from '../../training/sessionState';
import type { RunTag } from '../../../workers/protocol';
import type { Model } from '../run/runSessions';
import { RunFollower } from './runFollower';

/** What is to be drawn of a model. */
export interface ModelSource extends RunTag {
  readonly document: BasinDocument;
  readonly analysis: Analysis;
  /** Null for the weights that a training starts with. */
  readonly snapshot: Snapshot | null;
}

export interface ModelWatcherOptions {
  readonly editor: EditorStore;
  /** The weights of the run as they are by now; null while none is under way. */
  glimpse(): Promise<Model | null> | null;
  /** Has `source` drawn; resolves when it is. */
  draw(): Promise<void>;
}

/**
 * Has something drawn of a model while somebody looks: again and again while a run goes on, for each snapshot of a run that rests,
 * and whenever it is told to refresh.
 *
 * It is drawn of the graph that was trained, which is stale once the graph is another one; before any run, of the graph as it is
 * with the weights that a run would start with.
 */
export class ModelWatcher {
  private model: Model | null = null;
  /** What the newest picture was asked of. */
  private drawn: Model | null = null;
  private watchers = 0;
  private compared: {
    readonly revision: number;
    readonly trained: Analysis;
    readonly outdated: boolean;
  } | null = null;
  private readonly follower: RunFollower<Model>;

  constructor(private readonly options: ModelWatcherOptions) {
    this.follower = new RunFollower({
      glimpse: () => options.glimpse(),
      isWanted: () => this.watchers > 0,
      draw: (model) => this.take(model),
      onEnd: () => {
        if (this.drawn !== this.model) this.refresh();
      },
    });
  }

  /** Weights to draw from now on; null: there are none but the initial ones. */
  show = (model: Model | null): void => {
    this.model = model;
    if (model === null || !this.follower.isFollowing) this.refresh();
  };

  /** A run may have begun. */
  follow = (): void => this.follower.begin();

  /** Somebody looks from now on; returns how to stop. */
  watch = (): (() => void) => {
    this.watchers++;
    this.refresh();
    this.follow();
    return () => {
      this.watchers--;
    };
  };

  refresh(): void {
    if (this.watchers > 0) void this.draw();
  }

  /** Whether the graph that is drawn is another one by now than the one in the editor. */
  get isStale(): boolean {
    return this.model !== null && this.compared?.outdated === true;
  }

  source(): ModelSource {
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

  private draw(): Promise<void> {
    this.drawn = this.model;
    return this.options.draw();
  }

  /** Weights that the run has by now. */
  private async take(model: Model): Promise<void> {
    const { tag, snapshot } = this.model ?? {};
    const isNew = tag?.runId !== model.tag.runId || (snapshot?.step ?? -1) < model.snapshot.step;
    if (isNew) this.model = model;
    if (this.drawn !== this.model) await this.draw();
  }

  /** Whether the graph makes another program by now than the one that was trained. Compared once for each revision. */
  private isOutdated(model: Model, analysis: Analysis, revision: number): boolean {
    if (this.compared?.revision !== revision || this.compared.trained !== model.analysis) {
      const outdated = !stillTrains(model.analysis, analysis);
      this.compared = { revision, trained: model.analysis, outdated };
    }
    return this.compared.outdated;
  }
}
