import { createStore } from 'zustand/vanilla';
import type { Diagnostic } from '../../core/diagnostic';
import type { OwnData, OwnDataState } from '../../editor/ownData/ownData';
import type { EditorStore } from '../../editor/store/editorState';
import type { DataStore, KeptData } from '../../storage/dataStore';
import type { ColumnChoice } from '../../tables/columnChoice';
import { choiceOf, ownTableSchema, type OwnTable } from '../../tables/ownTable';
import type { Reading } from '../../tables/reading';
import { endingOf } from '../../tables/dataFile';
import { ownImagesSchema, type OwnImages } from '../../tables/images/ownImages';
import type { ImageShape } from '../../tables/images/resizePixels';
import { IMAGE_ENDINGS, TABLE_ENDINGS } from '../../tables/tableEndings';
import type {
  ImagesPreviewAnswer,
  ImagesRequest,
  KeepImagesAnswer,
  KeepImagesRequest,
  KeepTableAnswer,
  KeepTableRequest,
  PlacedImage,
  TablePreviewAnswer,
  TableRequest,
} from '../../../workers/protocol/ownData';
import type { PageStore } from '../page/pageStore';
import { placeData } from './placeData';

/** The part of `DataClient` that is used here. */
export interface DataPort {
  previewTable(request: TableRequest): Promise<TablePreviewAnswer>;
  keepTable(
    request: KeepTableRequest,
    onProgress: (done: number, total: number) => void,
  ): Promise<KeepTableAnswer>;
  previewImages(request: ImagesRequest): Promise<ImagesPreviewAnswer>;
  keepImages(
    request: KeepImagesRequest,
    onProgress: (done: number, total: number) => void,
  ): Promise<KeepImagesAnswer>;
  keptTable(own: OwnTable): Promise<TablePreviewAnswer>;
  chooseColumns(own: OwnTable, choice: ColumnChoice): Promise<KeepTableAnswer>;
  stop(): void;
}

export interface OwnDataControllerOptions {
  readonly editor: EditorStore;
  readonly page: PageStore;
  readonly store: DataStore;
  readonly port: DataPort;
  /** Asks for files with one of these endings, or for a folder. */
  chooseFiles(
    wanted: { readonly endings: readonly string[]; readonly folder?: boolean },
    open: (files: readonly File[]) => void,
  ): void;
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
const IMAGES = 'data.images';

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

  chooseFile = (nodeId: string, folder = false): void => {
    const { editor, chooseFiles } = this.options;
    const node = editor.getState().document.nodes.find(({ id }) => id === nodeId);
    const form = editor.registry.get(node?.kind ?? '')?.ownData;
    const images = [...IMAGE_ENDINGS, 'zip'];
    // Of a node's file it is known that it is no graph.
    const tables = [...TABLE_ENDINGS, 'json'];
    const endings = form === 'table' ? tables : form ? images : [...tables, ...images];
    chooseFiles({ endings: endings.map((ending) => `.${ending}`), folder }, (files) =>
      this.openFiles(files.map(placed), nodeId),
    );
  };

  chooseColumns = (nodeId: string): void => {
    this.options.page.setState({ dialog: { kind: 'table', file: null, nodeId } });
  };

  /** Shows what a file has before anything is done with it. `nodeId`: whose file it is; null where that is open. */
  open(file: File, nodeId: string | null): void {
    this.options.page.setState({ dialog: { kind: 'table', file, nodeId } });
  }

  /** Pictures, archives of them, or one table. */
  openFiles(files: readonly PlacedImage[], nodeId: string | null): void {
    const [first] = files;
    if (first && files.length === 1 && TABLE_ENDINGS.includes(endingOf(first.path))) {
      this.open(first.file, nodeId);
    } else this.options.page.setState({ dialog: { kind: 'images', files, nodeId } });
  }

  // What the dialogs ask for ---------------------------------------------------------------------

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

  /** `judges`: which columns are words is judged anew. */
  preview(file: File, reading: Reading | null, judges: boolean): Promise<TablePreviewAnswer> {
    return this.options.port.previewTable({ file, reading, judges });
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

  /** The pictures that a node names and that are not here. */
  missedImages(nodeId: string | null): OwnImages | null {
    const { nodes } = this.options.editor.getState().document;
    const node = nodes.find(({ id, kind }) => id === nodeId && kind === IMAGES);
    const parsed = ownImagesSchema.safeParse(node?.params['own']);
    if (!parsed.success) return null;
    return this.state.getState().kept?.has(parsed.data.hash) === false ? parsed.data : null;
  }

  previewImages(
    files: readonly PlacedImage[],
    shape: ImageShape | null,
  ): Promise<ImagesPreviewAnswer> {
    return this.options.port.previewImages({ files, shape });
  }

  /** Whether files have the pictures that a node names: then they are kept, and the document is as it was. */
  async restoreImages(
    files: readonly PlacedImage[],
    own: OwnImages,
    onProgress: (done: number, total: number) => void,
  ): Promise<boolean> {
    const { name, height, width, channels, hash } = own;
    const shape: ImageShape = [height, width, channels];
    const request = { files, name, shape, onlyHash: hash };
    const answer = await this.options.port.keepImages(request, onProgress);
    if (answer.own === null) return false;
    await this.refresh();
    this.options.say(`“${name}” is here again.`);
    return true;
  }

  /** Reads all pictures, keeps them, and lets a node have them. */
  async useImages(
    files: readonly PlacedImage[],
    name: string,
    shape: ImageShape,
    nodeId: string | null,
    onProgress: (done: number, total: number) => void,
  ): Promise<{ readonly isDone: boolean; readonly diagnostics: readonly Diagnostic[] }> {
    const request = { files, name, shape };
    const { own, diagnostics } = await this.options.port.keepImages(request, onProgress);
    if (own === null) return { isDone: false, diagnostics };
    await this.refresh();
    placeData(this.options.editor, IMAGES, name, { own }, nodeId);
    return { isDone: true, diagnostics };
  }

  /** Ends what is being read. */
  stop(): void {
    this.options.port.stop();
  }
}

/** With its place in the folder that was chosen. */
function placed(file: File): PlacedImage {
  return { path: file.webkitRelativePath || file.name, file };
}
