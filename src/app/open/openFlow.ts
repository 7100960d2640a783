import { crc32 } from '../../core/crc32';
import { formatBytes } from '../../core/formatNumber';
import type { Diagnostic } from '../../core/diagnostic';
import { failure, type Result } from '../../core/result';
import { isBlockText } from '../../document/block';
import { fileText } from '../../document/fileText';
import { hasDocument } from '../../document/pngDocument';
import { foreignFormat } from '../../document/foreignFormats';
import { isMeantAsLink } from '../../document/linkText';
import { decodeShareLink } from '../../document/shareLink';
import { endingOf } from '../../tables/dataFile';
import { isListOfRows } from '../../tables/jsonRows';
import { IMAGE_ENDINGS, TABLE_ENDINGS } from '../../tables/tableEndings';
import { readDocumentFile } from '../../document/readFile';
import { DOCUMENT_LIMITS, type BasinDocument } from '../../document/schema';
import type { BlocksController } from '../blocks/blocksController';
import type { DocumentController } from '../documents/documentController';
import type { Incoming, PageStore } from '../page/pageStore';
import type { Attempts } from '../page/attempts';
import { tellNotice } from '../page/notices';
import { addressedLink, type PageAddress } from '../page/pageAddress';
import type { OpenableFile } from './openableFile';
import { WEIGHTS_ENDING, type WeightsController } from '../weights/weightsController';

export interface OpenFlowOptions {
  readonly documents: Pick<DocumentController, 'open'>;
  readonly blocks: Pick<BlocksController, 'importText'>;
  /** Shows a file that is data. */
  readonly data: {
    open(file: OpenableFile, nodeId: string | null): void;
    openFiles(
      files: readonly { readonly path: string; readonly file: OpenableFile }[],
      nodeId: string | null,
    ): void;
  };
  readonly weights: Pick<WeightsController, 'openFile'>;
  readonly page: PageStore;
  readonly attempts: Attempts;
  /** Takes the link out of the address bar. */
  readonly clearLink: () => void;
  /** Says in passing that something is done. */
  readonly say: (message: string) => void;
}

/** A character takes four bytes at most. A larger file is not even read. */
const MOST_BYTES = DOCUMENT_LIMITS.characters * 4;
/** Of a picture of a graph with the document inside. */
const MOST_PICTURE_BYTES = 2 ** 28;

/**
 * How documents from elsewhere come in: nothing replaces the open document before it has been read, checked and, where there is
 * something to know first, shown.
 */
export class OpenFlow {
  /** The link that is being read and drawn. */
  private reading: string | null = null;

  constructor(private readonly options: OpenFlowOptions) {}

  /** A file that was chosen or dropped: a document is opened, a block is kept, data is shown, weights go to the open graph. */
  async openFile(file: OpenableFile): Promise<void> {
    const { blocks, data, documents, weights, say } = this.options;
    if (file.name.toLowerCase().endsWith(WEIGHTS_ENDING)) return weights.openFile(file);
    // Of any size: its own reader takes care of that.
    const ending = endingOf(file.name);
    if (TABLE_ENDINGS.includes(ending)) return data.open(file, null);
    const isPicture = IMAGE_ENDINGS.includes(ending) && !(await hasGraph(file));
    if (ending === 'zip' || isPicture) {
      return data.openFiles([{ path: file.name, file }], null);
    }
    const what = `“${file.name}”`;
    const text = await readText(file, what);
    if (!text.ok) return this.refuse(text.diagnostics);
    if (isBlockText(text.value)) {
      const imported = await blocks.importText(text.value, what);
      if (!imported.ok) this.refuse(imported.diagnostics);
      return;
    }
    const read = readDocumentFile(text.value, file.name, what);
    if (!read.ok) {
      const isJson = read.diagnostics[0]?.code !== 'document.not-json';
      const isData = isJson
        ? isListOfRows(file.name, text.value)
        : foreignFormat(text.value, file.name)?.isData;
      if (isData) return data.open(file, null);
      return this.refuse(read.diagnostics);
    }
    if (read.diagnostics.length > 0) return this.ask('file', read.value, read.diagnostics);
    await documents.open(read.value, 'file');
    say(`Opened ${what}.`);
  }

  /** A link in the page's address. False when there is none. */
  openAddress(location: PageAddress): boolean {
    const address = addressedLink(location);
    if (!isMeantAsLink(address)) return false;
    if (this.options.attempts.tookDown(attemptOf(address))) this.putAside(address);
    else this.readLink(address);
    return true;
  }

  /** What a link holds has been drawn, or is gone: it is not to blame for what comes. */
  linkShown(): void {
    const { attempts } = this.options;
    if (this.reading !== null) attempts.end(this.reading);
    this.reading = null;
  }

  /** Says why a link in the page's address cannot be read; one that can is left alone. */
  refuseAddress(location: PageAddress): void {
    const address = addressedLink(location);
    const decoded = isMeantAsLink(address) ? decodeShareLink(address) : null;
    if (decoded?.ok === false) this.refuseLink(decoded.diagnostics);
  }

  /** The user wants the document that was shown. */
  async accept({ document, source }: Incoming): Promise<void> {
    this.close(source);
    await this.options.documents.open(document, source);
  }

  /** The user does not, or has read why it was refused. */
  close(source: 'link' | 'file' | 'store' | 'export'): void {
    if (source === 'link') {
      this.linkShown();
      this.options.clearLink();
    }
    this.options.page.setState({ dialog: null });
  }

  private readLink(address: string): void {
    const { attempts } = this.options;
    this.reading = attemptOf(address);
    attempts.begin(this.reading);
    let decoded;
    try {
      decoded = decodeShareLink(address);
    } catch (error) {
      console.error(error);
      decoded = failure<BasinDocument>({
        code: 'document.breaks',
        severity: 'error',
        message: 'The page broke when it read the link.',
        hint: 'Ask who sent it for the document as a file.',
      });
    }
    if (decoded.ok) return this.ask('link', decoded.value, decoded.diagnostics);
    this.linkShown();
    this.refuseLink(decoded.diagnostics);
  }

  private putAside(address: string): void {
    const { page, clearLink } = this.options;
    tellNotice(page, {
      id: 'link-put-aside',
      severity: 'warning',
      message:
        'The page went down over the link in its address, so the link is put aside and was not read again.',
      hint: 'Your documents are as they were.',
      actions: [{ label: 'Read it again', run: () => this.readLink(address) }],
      onDismiss: clearLink,
    });
  }

  private refuseLink(diagnostics: readonly Diagnostic[]): void {
    this.options.page.setState({ dialog: { kind: 'refused', source: 'link', diagnostics } });
  }

  private refuse(diagnostics: readonly Diagnostic[]): void {
    this.options.page.setState({ dialog: { kind: 'refused', source: 'file', diagnostics } });
  }

  private ask(
    source: Incoming['source'],
    document: Incoming['document'],
    repairs: Incoming['repairs'],
  ): void {
    this.options.page.setState({ dialog: { kind: 'incoming', source, document, repairs } });
  }
}

/** A link, as what is being opened. */
function attemptOf(address: string): string {
  return `link ${crc32(new TextEncoder().encode(address))}`;
}

/** Whether a picture is one of a canvas, with its graph inside. */
async function hasGraph(file: OpenableFile): Promise<boolean> {
  if (!/\.png$/i.test(file.name) || file.size > MOST_PICTURE_BYTES) return false;
  try {
    return hasDocument(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return false;
  }
}

/** Of a picture, the text of the document inside. */
async function readText(file: OpenableFile, what: string): Promise<Result<string>> {
  const isPicture = /\.png$/i.test(file.name);
  if (file.size > (isPicture ? MOST_PICTURE_BYTES : MOST_BYTES)) {
    const format = foreignFormat('', file.name);
    return failure({
      code: 'document.too-large',
      severity: 'error',
      message: `${what} has ${formatBytes(file.size)}, which is more than any Basin document.`,
      hint:
        format !== null
          ? `It seems to be ${format.name}. ${format.advice ?? ''}`
          : endingOf(file.name) === 'json'
            ? 'A list of rows is data: choose it in an Own table node.'
            : undefined,
    });
  }
  try {
    return fileText(new Uint8Array(await file.arrayBuffer()), what);
  } catch {
    return failure({
      code: 'file.unreadable',
      severity: 'error',
      message: `${what} cannot be read: it is a folder, or it was moved or changed meanwhile.`,
      hint: 'Choose a .json file that Basin has saved.',
    });
  }
}
