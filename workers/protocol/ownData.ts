import type { Diagnostic } from '../../src/core/diagnostic';
import type { ColumnChoice } from '../../src/tables/columnChoice';
import type { ColumnSummary } from '../../src/tables/describeColumns';
import type { OwnImages } from '../../src/tables/images/ownImages';
import type { ImageShape } from '../../src/tables/images/resizePixels';
import type { OwnTable } from '../../src/tables/ownTable';
import type { Reading } from '../../src/tables/reading';

/** A file with the way it is read; null: as it is found to be written. */
export interface TableRequest {
  readonly file: File;
  readonly reading: Reading | null;
  /** How cells are told apart was changed by hand: which columns are words is to be judged anew. */
  readonly judges?: boolean;
}

/** What a file has, before it is kept. */
export interface TablePreview {
  readonly reading: Reading;
  /** Null where it cannot be read so: the diagnostics say why. */
  readonly table: TableSummary | null;
}

export interface TableSummary {
  /** Of the whole file; an estimate where only its beginning was read. */
  readonly rows: number;
  readonly isEstimate: boolean;
  /** Rows that the columns were judged by. */
  readonly seenRows: number;
  /** Memory that the whole takes. */
  readonly bytes: number;
  readonly columns: readonly ColumnSummary[];
  /** What it is taken for until somebody says otherwise. */
  readonly usual: ColumnChoice;
}

export interface TablePreviewAnswer {
  /** Null for what is no table. */
  readonly preview: TablePreview | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface KeepTableRequest {
  readonly file: File;
  readonly reading: Reading;
  /** Null for the usual one. */
  readonly choice: ColumnChoice | null;
  /** Keep it only if it has this hash. */
  readonly onlyHash?: string;
}

export interface KeepTableAnswer {
  /** What a document says of it; null where it was not kept. */
  readonly own: OwnTable | null;
  /** Of what was read; null where nothing could be. */
  readonly hash: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file of pictures, or an archive of them, with its place in the folder that it came from. */
export interface PlacedImage {
  readonly path: string;
  readonly file: File;
}

export interface ImagesRequest {
  readonly files: readonly PlacedImage[];
  /** Null: as large as the first one, within limits. */
  readonly shape: ImageShape | null;
}

export interface ImagesPreview {
  readonly shape: ImageShape;
  /** Of the first one, as it is. */
  readonly natural: readonly [height: number, width: number];
  readonly count: number;
  /** Labels with how many pictures have each; null where there is nothing to tell apart. */
  readonly labels: readonly (readonly [label: string, count: number])[] | null;
  /** The first ones, brought to the shape. */
  readonly samples: readonly Uint8Array[];
}

export interface ImagesPreviewAnswer {
  readonly preview: ImagesPreview | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface KeepImagesRequest {
  readonly files: readonly PlacedImage[];
  readonly name: string;
  readonly shape: ImageShape;
  /** Keep them only if they have this hash. */
  readonly onlyHash?: string;
}

export interface KeepImagesAnswer {
  readonly own: OwnImages | null;
  readonly hash: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Exposed by data.worker: reads files that somebody brings, and keeps what is in them. */
export interface DataWorkerApi {
  previewTable(request: TableRequest): Promise<TablePreviewAnswer>;
  /** Reads all of a file and keeps it in this browser. */
  keepTable(
    request: KeepTableRequest,
    onProgress: (progress: readonly [done: number, total: number]) => void,
  ): Promise<KeepTableAnswer>;
  previewImages(request: ImagesRequest): Promise<ImagesPreviewAnswer>;
  /** Reads all pictures and keeps them in this browser. */
  keepImages(
    request: KeepImagesRequest,
    onProgress: (progress: readonly [done: number, total: number]) => void,
  ): Promise<KeepImagesAnswer>;
  /** What is kept of a document's table. */
  keptTable(own: OwnTable): Promise<TablePreviewAnswer>;
  /** What a document says of its table with another choice of columns. */
  chooseColumns(own: OwnTable, choice: ColumnChoice): Promise<KeepTableAnswer>;
}
