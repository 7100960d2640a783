import type { JsonObject } from '../json';

/**
 * Brings a document of one version to the next. Pure. The input has the shape of version `from`, but may be damaged: what
 * a migration does not find it leaves alone, for the repair that comes after.
 */
export interface Migration {
  readonly from: number;
  readonly to: number;
  migrate(json: JsonObject): JsonObject;
}

/**
 * In order, without gaps, up to `DOCUMENT_VERSION`. A new version needs one migration here and one stored document of
 * the new version in `fixtures/`, named `v<version>.json`.
 */
export const MIGRATIONS: readonly Migration[] = [];
