import type { Remote } from 'comlink';
import type { Diagnostic } from '../../src/core/diagnostic';
import type { ColumnChoice } from '../../src/tables/columnChoice';
import type { OwnTable } from '../../src/tables/ownTable';
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
} from '../protocol/ownData';
import { watchWorker } from './watchWorker';
import { WorkerHost, workerCallback, type ClientOptions, type WorkerLike } from './workerHost';

function spawnDataWorker(): WorkerLike {
  return watchWorker(new Worker(new URL('../data.worker.ts', import.meta.url), { type: 'module' }));
}

/** Told of the bytes that are read, of those there are. */
export type DataProgress = (done: number, total: number) => void;

/** The page's end of the worker that reads data files. Nothing rejects: failures are diagnostics of the answer. */
export class DataClient {
  private readonly host: WorkerHost<DataWorkerApi>;

  constructor({ spawn = spawnDataWorker, onSilent }: ClientOptions = {}) {
    this.host = new WorkerHost({ name: 'worker that reads files', spawn, onSilent });
  }

  previewTable(request: TableRequest): Promise<TablePreviewAnswer> {
    return this.ask(
      request.file.name,
      (diagnostics): TablePreviewAnswer => ({ preview: null, diagnostics }),
      (api) => api.previewTable(request),
    );
  }

  keepTable(request: KeepTableRequest, onProgress: DataProgress): Promise<KeepTableAnswer> {
    return this.ask(request.file.name, refused, (api) =>
      api.keepTable(request, progressTo(onProgress)),
    );
  }

  previewImages(request: ImagesRequest): Promise<ImagesPreviewAnswer> {
    return this.ask(
      request.files[0]?.path ?? '',
      (diagnostics): ImagesPreviewAnswer => ({ preview: null, diagnostics }),
      (api) => api.previewImages(request),
    );
  }

  keepImages(request: KeepImagesRequest, onProgress: DataProgress): Promise<KeepImagesAnswer> {
    return this.ask(
      request.name,
      (diagnostics): KeepImagesAnswer => ({ own: null, hash: null, diagnostics }),
      (api) => api.keepImages(request, progressTo(onProgress)),
    );
  }

  keptTable(own: OwnTable): Promise<TablePreviewAnswer> {
    return this.ask(
      own.name,
      (diagnostics): TablePreviewAnswer => ({ preview: null, diagnostics }),
      (api) => api.keptTable(own),
    );
  }

  chooseColumns(own: OwnTable, choice: ColumnChoice): Promise<KeepTableAnswer> {
    return this.ask(own.name, refused, (api) => api.chooseColumns(own, choice));
  }

  /** Ends what is being read. */
  stop(): void {
    this.host.terminate();
  }

  private async ask<T>(
    name: string,
    failed: (diagnostics: readonly Diagnostic[]) => T,
    use: (api: Remote<DataWorkerApi>) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.host.ask(use);
    } catch (error) {
      this.host.terminate();
      const reason = error instanceof Error ? error.message : String(error);
      return failed([
        {
          code: 'data.unreadable',
          severity: 'error',
          message: `“${name}” could not be read: ${reason}.`,
          hint: 'It may need more memory than there is: close other tabs, or choose a smaller file.',
        },
      ]);
    }
  }
}

function progressTo(onProgress: DataProgress) {
  return workerCallback(([done, total]: readonly [number, number]) => onProgress(done, total));
}

function refused(diagnostics: readonly Diagnostic[]): KeepTableAnswer {
  return { own: null, hash: null, diagnostics };
}
