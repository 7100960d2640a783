import { z } from 'zod';
import { DOCUMENT_VERSION, documentSchema } from './schema';

/**
 * JSON Schema (draft 2020-12) of the document format. It describes what is written; reading is more forgiving
 * (`readDocument`). Node parameters are open here: each kind has its own schema.
 */
export function documentJsonSchema(): Record<string, unknown> {
  return {
    title: `Basin document, version ${DOCUMENT_VERSION}`,
    ...z.toJSONSchema(documentSchema, { io: 'output' }),
  };
}
