import { failure, success, type Result } from '../../core/result';
import type { JsonObject } from '../json';
import { DOCUMENT_VERSION } from '../schema';
import { MIGRATIONS, type Migration } from './index';

/**
 * Applies every migration from the version that the document names up to `current`. A document whose version is no
 * known one is left as it is: the repair reads it as the current version.
 */
export function migrate(
  json: JsonObject,
  migrations: readonly Migration[] = MIGRATIONS,
  current = DOCUMENT_VERSION as number,
): Result<JsonObject> {
  let document = json;
  for (const { from, to, migrate: step } of migrations) {
    if (document['version'] !== from || from >= current) continue;
    try {
      document = { ...step(document), version: to };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return failure({
        code: 'document.not-basin',
        severity: 'error',
        message: `The document is too damaged to be brought from version ${from} to version ${to} (${reason}).`,
      });
    }
  }
  return success(document);
}
