import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { documentJsonSchema } from './jsonSchema';
import { emptyDocument } from './schema';

describe('documentJsonSchema', () => {
  // Read back by zod: what it says must be what the document schema says.
  const schema = z.fromJSONSchema(documentJsonSchema());
  const accepts = (value: unknown): boolean => schema.safeParse(value).success;

  it('accepts what Basin writes', () => {
    expect(accepts(emptyDocument())).toBe(true);
    const fixture = join(import.meta.dirname, 'migrations/fixtures/v1.json');
    expect(accepts(JSON.parse(readFileSync(fixture, 'utf8')))).toBe(true);
  });

  it('refuses other versions, ids, ranges and fields', () => {
    const document = emptyDocument();
    const node = { id: 'a', kind: 'note', label: '', position: { x: 0, y: 0 }, params: {} };
    expect(accepts({ ...document, nodes: [node] })).toBe(true);
    expect(accepts({ ...document, version: 2 })).toBe(false);
    expect(accepts({ ...document, theme: 'dark' })).toBe(false);
    expect(accepts({ ...document, nodes: [{ ...node, id: '1 a' }] })).toBe(false);
    expect(accepts({ ...document, nodes: [{ ...node, position: { x: 1e7, y: 0 } }] })).toBe(false);
    expect(accepts({ ...document, training: { ...document.training, batchSize: 0 } })).toBe(false);
    const optimizer = { kind: 'sgd', momentum: 1 };
    expect(accepts({ ...document, training: { ...document.training, optimizer } })).toBe(false);
  });
});
