import { createStore } from 'zustand/vanilla';
import type { Diagnostic } from '../../core/diagnostic';
import type { OwnData, OwnDataState } from '../../editor/ownData/ownData';
import type { EditorStore } from '../../editor/store/editorState';
import type { DataStore, KeptData } from '../../storage/dataStore';
import type { ColumnChoice } from '../../tables/columnChoice';
import { choiceOf, ownTableSchema, type OwnTable } from '../../tables/ownTable';
import type { Reading } from '../../tables/reading';
import { TABLE_ENDINGS } from '../../tables/tableEndings';
import type {
  KeepTableAnswer,
  KeepTableRequest,
  TablePreviewAnswer,
  TableRequest,
} from '../../../workers/protocol';
import type { PageStore } from '../page/pageStore';
import { placeData } from './placeData';

/** The part of `DataClient` that is used here. */
export interface DataPort {
  previewTable(request: TableRequest): Promise<TablePreviewAnswer>;
  keepTable(
    request: KeepTableRequest,
    onProgress: (done: number, total: number) => void,
  ): Promise<KeepTableAnswer>;
  keptTable(own: OwnTable): Promise<TablePreviewAnswer>;
  chooseColumns(own: OwnTable, choice: ColumnChoice): Promise<KeepTableAnswer>;
  stop(): void;
}

export interface OwnDataControllerOptions {
  readonly editor: EditorStore;
  readonly page: PageStore;
  readonly store: DataStore;
  readonly port: DataPort;
  /** Asks for a file with one of these endings. */
  chooseFile(endings: readonly string[], open: (file: File) => void): void;
  say(message: string): void;
}

/** What is done with a table besides which of its columns are used. */
export interface TableOptions {
  readonly standardise: boolean;
  readonly missing: 'drop' | 'mean';
}

export interface KeptDataState extends OwnDataState {
  /** The latest first. */
  readonly list: readonly KeptData[];
  /** Why the store could not be read. */
  readonly fault: Diagnostic | null;
}

const KIND = 'data.table';

/** Data that the user brings: what is kept in this browser, and how it comes to nodes. */
export class OwnDataController implements OwnData {
  readonly state;

  constructor(private readonly options: OwnDataControllerOptions) {
    this.state = createStore<KeptDataState>(() => ({ kept: null, list: [], fault: null }));
    options.store.subscribe(() => void this.refresh());
  }

  /** Looks what is kept, and lets the analysis know. */
  async refresh(): Promise<void> {
    const list = await this.options.store.list();
    if (list.ok) {
      const kept = new Set(list.value.map(({ hash }) => hash));
      this.state.setState({ list: list.value, kept, fault: null });
    } else this.state.setState({ list: [], kept: new Set(), fault: list.diagnostics[0] ?? null });
    this.options.editor.reanalyse();
  }

  async remove(hash: string): Promise<void> {
    const removed = await this.options.store.remove(hash);
    if (!removed.ok) this.options.say(removed.diagnostics.map(({ message }) => message).join(' '));
    await this.refresh();
  }

  // What nodes ask for ---------------------------------------------------------------------------

  chooseFile = (nodeId: string): void => {
    const endings = TABLE_ENDINGS.map((ending) => `.${ending}`);
    this.options.chooseFile(endings, (file) => this.open(file, nodeId));
  };

  chooseColumns = (nodeId: string): void => {
    this.options.page.setState({ dialog: { kind: 'table', file: null, nodeId } });
  };

  /** Shows what a file has before anything is done with it. `nodeId`: whose file it is; null where that is open. */
  open(file: File, nodeId: string | null): void {
    this.options.page.setState({ dialog: { kind: 'table', file, nodeId } });
  }

  // What the dialog asks for ---------------------------------------------------------------------

  /** What the document says of a node's table; null where it says nothing. */
  namedBy(nodeId: string | null): OwnTable | null {
    const { nodes } = this.options.editor.getState().document;
    const node = nodes.find(({ id, kind }) => id === nodeId && kind === KIND);
    const parsed = ownTableSchema.safeParse(node?.params['own']);
    return parsed.success ? parsed.data : null;
  }

  /** The table that a node names and that is not here: a file that is chosen may be the one. */
  missedBy(nodeId: string | null): OwnTable | null {
    const own = this.namedBy(nodeId);
    return own && this.state.getState().kept?.has(own.hash) === false ? own : null;
  }

  /** Whether a file has what the node names: then it is kept, and the document is as it was. */
  async restore(
    file: File,
    own: OwnTable,
    onProgress: (done: number, total: number) => void,
  ): Promise<{ readonly restored: boolean; readonly hash: string | null }> {
    const request = { file, reading: own.reading, choice: choiceOf(own), onlyHash: own.hash };
    const answer = await this.options.port.keepTable(request, onProgress);
    if (answer.own === null) return { restored: false, hash: answer.hash };
    await this.refresh();
    this.options.say(`“${own.name}” is here again.`);
    return { restored: true, hash: answer.hash };
  }

  preview(file: File, reading: Reading | null): Promise<TablePreviewAnswer> {
    return this.options.port.previewTable({ file, reading });
  }

  kept(own: OwnTable): Promise<TablePreviewAnswer> {
    return this.options.port.keptTable(own);
  }

  /** Reads all of a file, keeps it, and lets a node have it. Returns why not, or what there is to say of it. */
  async use(
    file: File,
    reading: Reading,
    choice: ColumnChoice,
    options: TableOptions,
    nodeId: string | null,
    onProgress: (done: number, total: number) => void,
  ): Promise<{ readonly isDone: boolean; readonly diagnostics: readonly Diagnostic[] }> {
    const { own, diagnostics } = await this.options.port.keepTable(
      { file, reading, choice },
      onProgress,
    );
    if (own === null) return { isDone: false, diagnostics };
    await this.refresh();
    placeData(this.options.editor, KIND, file.name, { own, ...options }, nodeId);
    return { isDone: true, diagnostics };
  }

  /** Lets a node use other columns of its table. Returns why not. */
  async useColumns(
    nodeId: string,
    choice: ColumnChoice,
    options: TableOptions,
  ): Promise<{ readonly isDone: boolean; readonly diagnostics: readonly Diagnostic[] }> {
    const named = this.namedBy(nodeId);
    if (named === null) return { isDone: false, diagnostics: [] };
    const { own, diagnostics } = await this.options.port.chooseColumns(named, choice);
    if (own === null) return { isDone: false, diagnostics };
    placeData(this.options.editor, KIND, own.name, { own, ...options }, nodeId);
    return { isDone: true, diagnostics };
  }

  /** Ends what is being read. */
  stop(): void {
    this.options.port.stop();
  }
}
