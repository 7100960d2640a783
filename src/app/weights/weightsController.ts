import type { Analysis } from '../../compiler/analysis/analysis';
import type { Diagnostic } from '../../core/diagnostic';
import { formatBytes, formatWhole } from '../../core/formatNumber';
import { ComingPart } from '../../core/watch/comingPart';
import type { BasinDocument } from '../../document/schema';
import type { EditorStore } from '../../editor/store/editorState';
import { download, fileName } from '../../panels/download';
import type { Snapshot } from '../../training/sessionState';
import type { DocumentController } from '../documents/documentController';
import type { OpenableFile } from '../open/openableFile';
import type { PageStore } from '../page/pageStore';
import type { RunController } from '../run/runController';
import type { FittedWeights } from './fittedWeights';

export interface WeightsControllerOptions {
  readonly editor: EditorStore;
  readonly page: PageStore;
  readonly documents: Pick<DocumentController, 'open'>;
  readonly run: Pick<RunController, 'checkpoint' | 'resume'>;
  chooseFile(endings: readonly string[], open: (file: OpenableFile) => void): void;
  say(message: string): void;
  /** Hands the user a file. */
  download?(name: string, content: Blob): void;
}

export const WEIGHTS_ENDING = '.safetensors';
/** Arrays of a browser hold no more. */
const MOST_BYTES = 2 ** 31;

/** Weights of runs into files and back. */
export class WeightsController {
  constructor(private readonly options: WeightsControllerOptions) {}

  /** The weights of the open run, with all that it goes on from. */
  save = async (): Promise<void> => {
    const model = await this.options.run.checkpoint();
    if (model === null) return this.options.say('There is no run whose weights could be saved.');
    await this.saveOf(model.document, model.analysis, model.snapshot);
  };

  /** The weights of a run that was kept. */
  saveOf = async (
    document: BasinDocument,
    analysis: Analysis,
    snapshot: Snapshot,
  ): Promise<void> => {
    const files = await this.files();
    if (files === null) return;
    const { weightsFileOf } = files;
    const bytes = await weightsFileOf(document, analysis, snapshot);
    if (!bytes.ok) return this.refuse(bytes.diagnostics);
    const name = fileName(`${document.title} ${snapshot.step}`, WEIGHTS_ENDING.slice(1));
    const hand = this.options.download ?? download;
    hand(name, new Blob([bytes.value], { type: 'application/octet-stream' }));
  };

  load = (): void => {
    this.options.chooseFile([WEIGHTS_ENDING], (file) => void this.openFile(file));
  };

  /** A weights file that was chosen or dropped: what fits whole is loaded, anything else is shown first. */
  async openFile(file: OpenableFile): Promise<void> {
    const { editor, page, documents } = this.options;
    const bytes = await this.read(file);
    if (bytes === null) return;
    const files = await this.files();
    if (files === null) return;
    const { fitted, openWeights } = files;
    const opened = openWeights(bytes);
    if (!opened.ok) return this.refuse(opened.diagnostics);
    const { origin } = opened.value;
    const fitOpen = () => {
      const analysis = editor.settle();
      return fitted(opened.value, editor.getState().document, analysis, editor.registry);
    };
    const fit = fitOpen();
    if (fit.ok && fit.value.misfits.length + fit.value.warnings.length === 0) {
      return this.accept(fit.value, file.name);
    }
    const openTheirs = async (): Promise<void> => {
      if (origin.document === null) return;
      page.setState({ dialog: null });
      await documents.open(origin.document, 'file');
      const theirs = fitOpen();
      if (theirs.ok) await this.accept(theirs.value, file.name);
      else this.refuse(theirs.diagnostics);
    };
    page.setState({
      dialog: {
        kind: 'weights',
        fileName: file.name,
        fit: fit.ok ? fit.value : fit.diagnostics,
        document: origin.document,
        step: origin.step,
        openTheirs: () => void openTheirs(),
      },
    });
  }

  /** A run begins with them, and rests. */
  async accept({ start, trainedFrom }: FittedWeights, name: string): Promise<void> {
    const { page, run, say } = this.options;
    page.setState({ dialog: null });
    const none = { history: null, reports: [], recordId: null, parentId: null };
    await run.resume({ ...none, snapshot: start, trainedFrom, reproducible: false }, 'rest');
    say(`Loaded “${name}”. The run goes on from step ${formatWhole(start.step)}.`);
  }

  close = (): void => this.options.page.setState({ dialog: null });

  private async read(file: OpenableFile): Promise<Uint8Array | null> {
    const what = `“${file.name}”`;
    if (file.size > MOST_BYTES) {
      const message = `${what} has ${formatBytes(file.size)}: no page can hold that much.`;
      this.refuse([{ code: 'weights.file-mismatch', severity: 'error', message }]);
      return null;
    }
    try {
      return new Uint8Array(await file.arrayBuffer());
    } catch {
      const message = `${what} cannot be read: it was moved or changed meanwhile, or is too large for this browser.`;
      this.refuse([{ code: 'file.unreadable', severity: 'error', message }]);
      return null;
    }
  }

  /** Null after it was said that it could not be loaded. */
  private async files() {
    try {
      return await weightsFiles.ask();
    } catch (error) {
      this.options.say(error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  private refuse(diagnostics: readonly Diagnostic[]): void {
    this.options.page.setState({ dialog: { kind: 'refused', source: 'file', diagnostics } });
  }
}

/** The compiler is for those who load or save weights. */
const weightsFiles = new ComingPart(
  'What reads and writes weights',
  () => import('./weightsFiles'),
);
