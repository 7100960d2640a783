import '../src/core/withoutEval';
import type { Diagnostic } from '../src/core/diagnostic';
import { success } from '../src/core/result';
import { sha256 } from '../src/core/sha256';
import { createDataStore } from '../src/storage/dataStore';
import { decodeTable, encodeTable } from '../src/tables/canonicalTable';
import { usualChoice, type ColumnChoice } from '../src/tables/columnChoice';
import { describeColumns } from '../src/tables/describeColumns';
import type { OnProgress } from '../src/tables/dataFile';
import { unreadableFile } from '../src/tables/faults';
import { folderLabels, imageFiles } from '../src/tables/images/imageFiles';
import { describeImages } from '../src/tables/images/ownImages';
import {
  brokenImage,
  brokenImages,
  readImages,
  refuseLarge,
  tooLarge,
  type BrokenImage,
} from '../src/tables/images/readImages';
import { resizePixels, type ImageShape, type RgbaPixels } from '../src/tables/images/resizePixels';
import { describeTable, type OwnTable } from '../src/tables/ownTable';
import { detectReading, judgeReading, readTable } from '../src/tables/readTable';
import type { Reading } from '../src/tables/reading';
import { tableBytes, type Table } from '../src/tables/table';
import { exposeWorker } from './exposeWorker';
import type {
  DataWorkerApi,
  ImagesPreviewAnswer,
  ImagesRequest,
  KeepImagesAnswer,
  KeepImagesRequest,
  KeepTableAnswer,
  KeepTableRequest,
  TablePreviewAnswer,
  TableRequest,
  TableSummary,
} from './protocol/ownData';

/** Bytes of a text by which its columns are shown; a smaller one is read as a whole. */
const PREVIEW_BYTES = 2 ** 20;
/** Pictures that are shown before they are used. */
const SAMPLES = 12;
/** Larger pictures are brought to the usual side. */
const LARGEST_SIDE = 64;
const USUAL_SIDE = 32;
/** The page is told of progress this often. */
const PROGRESS_INTERVAL_MS = 100;

class DataWorker implements DataWorkerApi {
  private readonly store = createDataStore();

  async previewTable({ file, reading: given, judges }: TableRequest): Promise<TablePreviewAnswer> {
    const found = given === null ? await detectReading(file) : success(given);
    if (!found.ok) return { preview: null, diagnostics: found.diagnostics };
    const reading = judges ? await judgeReading(file, found.value) : found.value;
    const table = await readTable(file, reading, { within: PREVIEW_BYTES });
    const isText = reading.format === 'delimited' || reading.format === 'json-lines';
    const part = isText ? Math.min(1, PREVIEW_BYTES / file.size) : 1;
    return {
      preview: { reading, table: table.ok ? summaryOf(table.value, part) : null },
      diagnostics: table.diagnostics,
    };
  }

  async keepTable(
    { file, reading, choice, onlyHash }: KeepTableRequest,
    onProgress: (progress: readonly [done: number, total: number]) => void,
  ): Promise<KeepTableAnswer> {
    const read = await readTable(file, reading, { onProgress: nowAndThen(onProgress) });
    if (!read.ok) return refused(read.diagnostics);
    const table = read.value;
    const bytes = encodeTable(table);
    const hash = await sha256(bytes);
    if (onlyHash !== undefined && hash !== onlyHash) {
      return { own: null, hash, diagnostics: [] };
    }
    const origin = { hash, name: file.name, reading };
    const own = describeTable(table, origin, choice ?? usualChoice(table));
    if (!own.ok) return { own: null, hash, diagnostics: own.diagnostics };
    const kept = await this.keep(table, origin, bytes);
    if (!kept.ok) return { own: null, hash, diagnostics: kept.diagnostics };
    return { own: own.value, hash, diagnostics: read.diagnostics };
  }

  async previewImages({ files, shape: wanted }: ImagesRequest): Promise<ImagesPreviewAnswer> {
    const found = await imageFiles(files);
    if (!found.ok) return { preview: null, diagnostics: found.diagnostics };
    const decoded: RgbaPixels[] = [];
    const broken: BrokenImage[] = [];
    for (const { path, bytes } of found.value.slice(0, SAMPLES)) {
      try {
        decoded.push(await decodeImage(await bytes()));
      } catch (error) {
        broken.push(brokenImage(path, error));
      }
    }
    const [first] = decoded;
    if (!first) {
      const { path, reason } = broken[0] ?? brokenImage('', null);
      return { preview: null, diagnostics: [unreadableFile(path, reason)] };
    }
    const shape = wanted ?? usualShape(first, decoded);
    const labels = folderLabels(found.value.map(({ path }) => path));
    const problem = tooLarge(found.value.length, shape[0] * shape[1] * shape[2]);
    return {
      preview: {
        ...{ shape, natural: [first.height, first.width], count: found.value.length },
        labels: labels && countsOf(labels),
        samples: decoded.map((image) => resizePixels(image, shape)),
      },
      diagnostics: [...(problem ? [problem] : []), ...brokenImages(broken)],
    };
  }

  async keepImages(
    { files, name, shape, onlyHash }: KeepImagesRequest,
    onProgress: (progress: readonly [done: number, total: number]) => void,
  ): Promise<KeepImagesAnswer> {
    const found = await imageFiles(files);
    if (!found.ok) return refused(found.diagnostics);
    const read = await readImages(found.value, shape, decodeImage, nowAndThen(onProgress));
    if (!read.ok) return refused(read.diagnostics);
    const bytes = encodeTable(read.value);
    const hash = await sha256(bytes);
    const own = describeImages(read.value, hash, name);
    if (own === null || (onlyHash !== undefined && hash !== onlyHash)) {
      return { own: null, hash, diagnostics: read.diagnostics };
    }
    const kept = await this.keep(read.value, { hash, name }, bytes);
    if (!kept.ok) return { own: null, hash, diagnostics: kept.diagnostics };
    return { own, hash, diagnostics: read.diagnostics };
  }

  private keep(
    { rows, columns }: Table,
    { hash, name }: { readonly hash: string; readonly name: string },
    bytes: Uint8Array<ArrayBuffer>,
  ) {
    const size = bytes.byteLength;
    return this.store.put(
      { hash, name, size, rows, columns: columns.length, added: Date.now() },
      bytes,
    );
  }

  async keptTable(own: OwnTable): Promise<TablePreviewAnswer> {
    const bytes = await this.store.bytes(own.hash);
    if (!bytes.ok) return { preview: null, diagnostics: bytes.diagnostics };
    const table = decodeTable(bytes.value);
    const reading: Reading = own.reading;
    return { preview: { reading, table: summaryOf(table, 1) }, diagnostics: [] };
  }

  async chooseColumns(own: OwnTable, choice: ColumnChoice): Promise<KeepTableAnswer> {
    const bytes = await this.store.bytes(own.hash);
    if (!bytes.ok) return refused(bytes.diagnostics);
    const { hash, name, reading } = own;
    const chosen = describeTable(decodeTable(bytes.value), { hash, name, reading }, choice);
    return chosen.ok
      ? { own: chosen.value, hash, diagnostics: [] }
      : { own: null, hash, diagnostics: chosen.diagnostics };
  }
}

function nowAndThen(onProgress: (progress: readonly [number, number]) => void): OnProgress {
  let toldAt = performance.now();
  return (done, total) => {
    const now = performance.now();
    if (now - toldAt < PROGRESS_INTERVAL_MS) return;
    toldAt = now;
    onProgress([done, total]);
  };
}

/** As the file has them: neither colours nor transparency are mended for a screen. */
async function decodeImage(bytes: Uint8Array<ArrayBuffer>): Promise<RgbaPixels> {
  const bitmap = await createImageBitmap(new Blob([bytes]), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  });
  const { width, height } = bitmap;
  refuseLarge(width, height);
  const context = new OffscreenCanvas(width, height).getContext('2d', {
    willReadFrequently: true,
  });
  if (!context) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

/** As large as the first one where that is small; grey where all are. */
function usualShape({ height, width }: RgbaPixels, images: readonly RgbaPixels[]): ImageShape {
  const channels = images.every(isGrey) ? 1 : 3;
  const isSmall = Math.max(height, width) <= LARGEST_SIDE;
  return isSmall ? [height, width, channels] : [USUAL_SIDE, USUAL_SIDE, channels];
}

function isGrey({ data }: RgbaPixels): boolean {
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  }
  return true;
}

function countsOf(labels: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `part`: how much of the file the table was read from. */
function summaryOf(table: Table, part: number): TableSummary {
  return {
    rows: Math.round(table.rows / part),
    isEstimate: part < 1,
    seenRows: table.rows,
    bytes: Math.round(tableBytes(table) / part),
    columns: describeColumns(table),
    usual: usualChoice(table),
  };
}

function refused(diagnostics: readonly Diagnostic[]) {
  return { own: null, hash: null, diagnostics };
}

exposeWorker(new DataWorker());
