import '../src/core/withoutEval';
import type { Diagnostic } from '../src/core/diagnostic';
import { createDataStore } from '../src/storage/dataStore';
import { decodeTable, encodeTable, hashBytes } from '../src/tables/canonicalTable';
import { usualChoice, type ColumnChoice } from '../src/tables/columnChoice';
import { describeColumns } from '../src/tables/describeColumns';
import { describeTable, type OwnTable } from '../src/tables/ownTable';
import { detectReading, readTable } from '../src/tables/readTable';
import type { Reading } from '../src/tables/reading';
import { tableBytes, type Table } from '../src/tables/table';
import { exposeWorker } from './exposeWorker';
import type {
  DataWorkerApi,
  KeepTableAnswer,
  KeepTableRequest,
  TablePreviewAnswer,
  TableRequest,
  TableSummary,
} from './protocol';

/** Bytes of a text by which its columns are shown; a smaller one is read as a whole. */
const PREVIEW_BYTES = 2 ** 20;
/** The page is told of progress this often. */
const PROGRESS_INTERVAL_MS = 100;

class DataWorker implements DataWorkerApi {
  private readonly store = createDataStore();

  async previewTable({ file, reading: given }: TableRequest): Promise<TablePreviewAnswer> {
    const found = given === null ? await detectReading(file) : null;
    if (found?.ok === false) return { preview: null, diagnostics: found.diagnostics };
    const reading = found ? found.value : given;
    if (reading === null) return { preview: null, diagnostics: [] };
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
    let toldAt = performance.now();
    const read = await readTable(file, reading, {
      onProgress(done, total) {
        const now = performance.now();
        if (now - toldAt < PROGRESS_INTERVAL_MS) return;
        toldAt = now;
        onProgress([done, total]);
      },
    });
    if (!read.ok) return refused(read.diagnostics);
    const table = read.value;
    const bytes = encodeTable(table);
    const hash = await hashBytes(bytes);
    if (onlyHash !== undefined && hash !== onlyHash) {
      return { own: null, hash, diagnostics: [] };
    }
    const origin = { hash, name: file.name, reading };
    const own = describeTable(table, origin, choice ?? usualChoice(table));
    if (!own.ok) return { own: null, hash, diagnostics: own.diagnostics };
    const kept = await this.store.put(
      {
        ...{ hash, name: file.name, size: bytes.byteLength, added: Date.now() },
        ...{ rows: table.rows, columns: table.columns.length },
      },
      bytes,
    );
    if (!kept.ok) return { own: null, hash, diagnostics: kept.diagnostics };
    return { own: own.value, hash, diagnostics: read.diagnostics };
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

function refused(diagnostics: readonly Diagnostic[]): KeepTableAnswer {
  return { own: null, hash: null, diagnostics };
}

exposeWorker(new DataWorker());
