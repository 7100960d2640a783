import { invariant } from '../core/invariant';
import { failure, success, type Result } from '../core/result';
import { isJsonObject, type JsonObject } from './json';
import { migrate } from './migrations/migrate';
import { parseJson } from './parseJson';
import { repairDocument } from './repair/repairDocument';
import { DOCUMENT_LIMITS, DOCUMENT_VERSION, documentSchema, type BasinDocument } from './schema';

/**
 * Reads a document from outside: its text, or what `JSON.parse` or a database made of it. Never throws.
 *
 * Refusals: `document.not-json`, `document.not-basin`, `document.too-new`, `document.too-large`. Older versions are migrated.
 * Damage is repaired: the value then comes with one `document.repaired` for each change.
 * `what` begins the messages of refusals.
 */
export function readDocument(input: unknown, what = 'The document'): Result<BasinDocument> {
  const parsed = typeof input === 'string' ? parseJson(input, what) : copyJson(input, what);
  if (!parsed.ok) return parsed;
  const json = parsed.value;
  if (!isJsonObject(json) || json['format'] !== 'basin') {
    return failure({
      code: 'document.not-basin',
      severity: 'error',
      message: `${what} is JSON, but not a Basin document: it does not say "format": "basin".`,
    });
  }
  const tooNew = refuseNewer(json['version'], what);
  if (tooNew !== null) return tooNew;
  const migrated = migrate(json);
  if (!migrated.ok) return migrated;
  const tooLarge = refuseLarger(migrated.value, what);
  if (tooLarge !== null) return tooLarge;
  const repaired = repairDocument(migrated.value);
  if (!repaired.ok) return repaired;
  const checked = documentSchema.safeParse(repaired.value);
  invariant(checked.success, 'a repaired document does not fit the schema');
  return success(checked.data, repaired.diagnostics);
}

/** Values from elsewhere than JSON text may have parts that JSON has no notation for, cycles among them. */
function copyJson(value: unknown, what: string): Result<unknown> {
  try {
    return success<unknown>(JSON.parse(JSON.stringify(value) ?? 'null'));
  } catch {
    return failure({
      code: 'document.not-json',
      severity: 'error',
      message: `${what} is not JSON data.`,
    });
  }
}

function refuseNewer(version: unknown, what: string): Result<never> | null {
  if (typeof version !== 'number' || version <= DOCUMENT_VERSION) return null;
  return failure({
    code: 'document.too-new',
    severity: 'error',
    message: `${what} was written by a newer Basin: its format is version ${version}, and this Basin reads up to version ${DOCUMENT_VERSION}.`,
    hint: 'Reload the page or update Basin, then open it again.',
  });
}

function refuseLarger(json: JsonObject, what: string): Result<never> | null {
  for (const [field, name] of [
    ['nodes', 'nodes'],
    ['edges', 'connections'],
    ['groups', 'groups'],
  ] as const) {
    const items = json[field];
    const limit = DOCUMENT_LIMITS[field];
    if (Array.isArray(items) && items.length > limit) {
      return failure({
        code: 'document.too-large',
        severity: 'error',
        message: `${what} has ${items.length} ${name}; Basin opens at most ${limit}.`,
      });
    }
  }
  return null;
}
