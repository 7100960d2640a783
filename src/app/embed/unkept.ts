import { failure, success, type Result } from '../../core/result';
import type { DocumentStore, DocumentSummary } from '../persistence/documentStore';
import type { Preferences } from '../preferences';

/** Inside another page nothing is kept, and nothing of what this browser keeps is read. */
export function unkeptPreferences(): Preferences {
  const values = new Map<string, string>();
  return {
    get: (name) => values.get(name) ?? null,
    set(name, value) {
      if (value === null) values.delete(name);
      else values.set(name, value);
    },
  };
}

/** A store that forgets at once what it is given. */
export function unkeptDocuments(): DocumentStore {
  const summary = (id: string, title = ''): DocumentSummary => ({
    id,
    title,
    updated: Date.now(),
    size: 0,
    revision: 1,
  });
  const none = (id: string): Promise<Result<never>> =>
    Promise.resolve(
      failure({
        code: 'storage.missing',
        severity: 'error',
        message: `There is no document ${id}.`,
      }),
    );
  return {
    save: (id, { title }, revision) =>
      Promise.resolve({
        status: 'saved',
        summary: { ...summary(id, title), revision: revision + 1 },
      }),
    load: none,
    stored: none,
    list: () => Promise.resolve(success([])),
    listBin: () => Promise.resolve(success([])),
    putInBin: (id) => Promise.resolve(success(summary(id))),
    takeFromBin: (id) => Promise.resolve(success(summary(id))),
    emptyBin: () => Promise.resolve(success([])),
    rename: (id, title) => Promise.resolve(success(summary(id, title))),
    remove: () => Promise.resolve(success(null)),
    subscribe: () => () => undefined,
    close: () => Promise.resolve(),
  };
}
