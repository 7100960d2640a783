import { createStore } from 'zustand/vanilla';
import { nodePictures, type PictureValues } from '../../compiler/programs/nodePictures';
import type { Pictures, PicturesState } from '../../editor/pictures/pictures';
import type { Preferences } from '../preferences';
import type { Model } from '../run/runSessions';
import { ModelWatcher } from '../watch/modelWatcher';
import { arePicturesOn, keepPicturesOn } from './picturesChoice';
import type { EditorStore } from '../../editor/store/editorState';
import type { NodePicturesAnswer, NodePicturesRequest } from '../../../workers/protocol';

/** Until nodes that come into view together, and letters that are typed, are one question. */
const PAUSE_MS = 120;

/** The part of `ProbeClient` that is used here. */
export interface PicturesPort {
  /** Null when a newer request overtook it. */
  nodePictures(request: NodePicturesRequest): Promise<NodePicturesAnswer | null>;
}

export interface PicturesControllerOptions {
  readonly editor: EditorStore;
  readonly port: PicturesPort;
  readonly preferences: Preferences;
  /** Calls later; for tests. */
  wait?(call: () => void): void;
}

/** What was asked last: the same again would give the same. */
type Asked = readonly [document: object, snapshot: object | null, nodeIds: string];

/**
 * Has the pictures computed of nodes that can be seen: when they come into view, when the graph changes, and for each snapshot that
 * a run gives to its probes. It looks at no weights in between, so that training does not wait for it.
 */
export class PicturesController implements Pictures {
  readonly state;
  private readonly watcher: ModelWatcher;
  /** How many look at a node. */
  private readonly seen = new Map<string, number>();
  private asked: Asked | null = null;
  private isPlanned = false;
  /** Another document: answers to earlier questions do not matter any more. */
  private epoch = 0;

  constructor(private readonly options: PicturesControllerOptions) {
    const { editor, preferences } = options;
    this.state = createStore<PicturesState>(() => ({
      isOn: arePicturesOn(preferences),
      values: new Map(),
    }));
    this.watcher = new ModelWatcher({ editor, glimpse: () => null, draw: () => this.ask() });
    this.watcher.watch();
    editor.subscribe((now, before) => {
      if (now.openedRevision !== before.openedRevision) {
        this.epoch++;
        this.asked = null;
        this.state.setState({ values: new Map() });
      }
      // Nodes that move change the document, and no picture.
      if (now.analysis !== before.analysis) this.plan();
    });
  }

  /** Weights to show from now on; null: there are none but the initial ones. */
  show = (model: Model | null): void => this.watcher.show(model);

  // What the canvas asks for ---------------------------------------------------------------------

  setOn = (isOn: boolean): void => {
    this.state.setState({ isOn });
    keepPicturesOn(this.options.preferences, isOn);
    this.plan();
  };

  watch = (nodeId: string): (() => void) => {
    this.seen.set(nodeId, (this.seen.get(nodeId) ?? 0) + 1);
    this.plan();
    return () => {
      const left = (this.seen.get(nodeId) ?? 0) - 1;
      if (left > 0) this.seen.set(nodeId, left);
      else this.seen.delete(nodeId);
    };
  };

  // What is asked --------------------------------------------------------------------------------

  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    const wait = this.options.wait ?? ((call) => setTimeout(call, PAUSE_MS));
    wait(() => {
      this.isPlanned = false;
      this.watcher.refresh();
    });
  }

  private async ask(): Promise<void> {
    if (!this.state.getState().isOn || this.seen.size === 0) return;
    const { analysis, document, snapshot, runId, revision } = this.watcher.source();
    const drawable = nodePictures(analysis);
    const nodeIds = [...this.seen.keys()].filter((id) => drawable.has(id)).sort();
    const asked: Asked = [document, snapshot, nodeIds.join(' ')];
    if (nodeIds.length === 0 || asked.every((part, index) => part === this.asked?.[index])) return;
    this.asked = asked;
    const { epoch } = this;
    const answer = await this.options.port.nodePictures({
      ...{ runId, revision, document, snapshot, nodeIds },
    });
    if (answer === null || epoch !== this.epoch) return;
    // What failed may be there the next time: data that was missing is brought without a change of the document.
    if (answer.pictures === null) this.asked = null;
    this.take(nodeIds, answer.pictures ?? []);
  }

  /** Those that were not asked for stay as they were: they may come into view again. Those that have none any more go. */
  private take(nodeIds: readonly string[], pictures: readonly PictureValues[]): void {
    this.state.setState(({ values }) => {
      const next = new Map(values);
      for (const id of nodeIds) next.delete(id);
      for (const picture of pictures) next.set(picture.nodeId, picture);
      return { values: next };
    });
  }
}
