import { canonicalJson } from '../../src/document/canonical';
import { documentJsonSchema } from '../../src/document/jsonSchema';
import { DOCUMENT_VERSION } from '../../src/document/schema';

export const path = `schema/basin-document.v${DOCUMENT_VERSION}.schema.json`;

export function generate(): string {
  return canonicalJson(documentJsonSchema());
}
