import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentArbitrary } from '../../tests/support/documentArbitrary';
import type { Result } from '../core/result';
import { canonicalJson } from './canonical';
import { readDocument } from './read';
import {
  DEFAULT_TRAINING,
  DOCUMENT_LIMITS,
  documentSchema,
  emptyDocument,
  type BasinDocument,
  type DocumentNode,
} from './schema';

/** Milliseconds; a busy machine may take longer than the usual limit. */
const PATIENCE = 60_000;

function node(id: string, more: Partial<DocumentNode> = {}): DocumentNode {
  return { id, kind: 'module.mlp', label: id, position: { x: 0, y: 0 }, params: {}, ...more };
}

function edge(id: string, source: string, target: string) {
  return { id, source, sourcePort: 'out', target, targetPort: 'x' };
}

function read(json: object): { document: BasinDocument; messages: string[] } {
  const result = readDocument({ ...emptyDocument(), ...json });
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  expect(result.diagnostics.every(({ code }) => code === 'document.repaired')).toBe(true);
  return { document: result.value, messages: result.diagnostics.map(({ message }) => message) };
}

function refusal(result: Result<unknown>): { code: string; message: string } {
  if (result.ok) throw new Error('expected a refusal');
  const [first] = result.diagnostics;
  return { code: first?.code ?? '', message: first?.message ?? '' };
}

describe('readDocument: refusals', () => {
  it('refuses what is not a Basin document', () => {
    for (const input of ['[]', '"basin"', '{}', '{"format":"tldraw"}', null, 7, undefined]) {
      expect(refusal(readDocument(input)).code).toBe('document.not-basin');
    }
    expect(refusal(readDocument('{"format":"basin"')).code).toBe('document.not-json');
  });

  it('refuses a newer version with both numbers', () => {
    const found = refusal(readDocument({ ...emptyDocument(), version: 7 }));
    expect(found.code).toBe('document.too-new');
    expect(found.message).toMatch(/version 7.*up to version 1/);
  });

  it('refuses a document over the caps with both numbers', () => {
    const nodes = Array.from({ length: 5000 }, (_, index) => node(`n${index}`));
    const found = refusal(readDocument({ ...emptyDocument(), nodes }));
    expect(found.code).toBe('document.too-large');
    expect(found.message).toMatch(/5000 nodes.*2000/);
    const edges = Array.from({ length: DOCUMENT_LIMITS.edges + 1 }, () => null);
    expect(refusal(readDocument({ ...emptyDocument(), edges })).message).toMatch(/8001.*8000/);
  });

  it('refuses when no node can be read', () => {
    expect(refusal(readDocument({ format: 'basin', version: 1 })).code).toBe('document.not-basin');
    const found = refusal(readDocument({ ...emptyDocument(), nodes: [1, {}, 'x'] }));
    expect(found.message).toContain('none of its 3 nodes');
  });

  it('refuses data with cycles', () => {
    const loop: Record<string, unknown> = { format: 'basin' };
    loop['self'] = loop;
    expect(refusal(readDocument(loop)).code).toBe('document.not-json');
  });
});

describe('readDocument: repairs', () => {
  it(
    'leaves a valid document as it is',
    () => {
      fc.assert(
        fc.property(documentArbitrary, (document) => {
          const result = readDocument(canonicalJson(document));
          expect(result.diagnostics).toEqual([]);
          expect(result.ok && canonicalJson(result.value)).toBe(canonicalJson(document));
        }),
        { numRuns: 60 },
      );
    },
    PATIENCE,
  );

  it('leaves out what is no node and says which', () => {
    const { document, messages } = read({ nodes: [node('a'), 5, { id: 'b' }] });
    expect(document.nodes.map(({ id }) => id)).toEqual(['a']);
    expect(messages).toEqual([
      'Node 2 was 5 where a node was expected; it was left out.',
      'Node 3 does not say what kind of node it is and was left out.',
    ]);
  });

  it('gives new ids to nodes without a usable one, and edges follow where they can', () => {
    const { document, messages } = read({
      nodes: [node('mlp'), { ...node('x'), id: undefined }, node('two words'), node('mlp')],
      edges: [edge('e', 'mlp', 'two words')],
    });
    expect(document.nodes.map(({ id }) => id)).toEqual(['mlp', 'mlp2', 'mlp3', 'mlp4']);
    expect(document.edges).toEqual([edge('e', 'mlp', 'mlp3')]);
    expect(messages).toEqual([
      'Node "x" had no id; its id is now "mlp2".',
      'Node "two words" had an id that cannot be used ("two words"); its id is now "mlp3".',
      'Node "mlp" has the same id as another ("mlp"); its id is now "mlp4".',
    ]);
  });

  it('leaves out edges to nowhere and edges that are there twice', () => {
    const { document, messages } = read({
      nodes: [node('a'), node('b')],
      edges: [
        edge('e', 'a', 'b'),
        edge('f', 'a', 'b'),
        edge('g', 'a', 'gone'),
        { source: 'a', target: 'b' },
        edge('e', 'b', 'a'),
        { ...edge('', 'a', 'a'), id: undefined },
      ],
    });
    expect(document.edges).toEqual([
      edge('e', 'a', 'b'),
      edge('edge', 'b', 'a'),
      edge('edge2', 'a', 'a'),
    ]);
    expect(messages[0]).toBe('The connection a.out → b.x is there twice and was left out.');
    expect(messages[1]).toContain('ends at a node that is not in the document ("gone")');
    expect(messages[2]).toBe('Connection 4 does not name its ports and was left out.');
    expect(messages).toHaveLength(5);
  });

  it('keeps how groups are drawn and nested, and undoes what cannot be', () => {
    const frame = (id: string, more: object) => ({
      ...{ id, label: id, position: { x: 0, y: 0 }, size: { width: 9, height: 9 } },
      ...more,
    });
    const sound = [
      frame('outer', { color: 'teal' }),
      frame('inner', { collapsed: true, group: 'outer' }),
    ];
    expect(read({ groups: sound })).toEqual({
      document: expect.objectContaining({ groups: sound }) as unknown,
      messages: [],
    });
    const { document, messages } = read({
      groups: [
        frame('a', { group: 'b', color: 'pink' }),
        frame('b', { group: 'c', collapsed: 1 }),
        frame('c', { group: 'a', collapsed: false }),
        frame('d', { group: 'gone' }),
        frame('e', { group: 'e' }),
      ],
    });
    expect(document.groups).toEqual([
      frame('a', { group: 'b' }),
      frame('b', { group: 'c' }),
      frame('c', {}),
      frame('d', {}),
      frame('e', {}),
    ]);
    expect(messages).toHaveLength(5);
    expect(messages.join(' ')).toMatch(/no colour "pink".*"collapsed" was 1.*within itself/);
  });

  it('repairs labels, positions, sizes, flags and groups', () => {
    const { document, messages } = read({
      title: 'T'.repeat(300),
      nodes: [
        { ...node('a'), label: 5, position: { x: 1e9, y: -3 } },
        { ...node('b'), position: null, size: { width: 0 }, bypassed: 'yes', group: 'gone' },
        { ...node('c'), label: `${'x'.repeat(199)}😀`, group: 'a', bypassed: false },
      ],
      groups: [{ id: 'a', label: 'G', position: {}, size: [] }, 'group'],
    });
    const [a, b, c] = document.nodes;
    expect(document.title).toHaveLength(200);
    expect(a).toMatchObject({ label: 'mlp', position: { x: 1e6, y: -3 } });
    expect(b).toEqual(node('b', { position: { x: 240, y: 0 } }));
    expect(c?.label).toBe('x'.repeat(199));
    expect(document.groups).toHaveLength(1);
    // A group may not be called as a node is; its members follow it.
    expect(document.groups[0]?.id).toBe('group');
    expect(c?.group).toBe('group');
    expect(messages).toHaveLength(12);
  });

  it('leaves out parameters that are no JSON values of reasonable depth', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const params = `{"rate":1e999,"deep":${deep},"__proto__":{"x":1},"ok":[1,{"a":null}]}`;
    const text = canonicalJson({ ...emptyDocument(), nodes: [node('a')] }).replace(
      '"params": {}',
      `"params": ${params}`,
    );
    const result = readDocument(text);
    expect(result.ok && result.value.nodes[0]?.params).toEqual({ ok: [1, { a: null }] });
    expect(result.diagnostics.map(({ path }) => path)).toEqual([
      'nodes.0.params.rate',
      'nodes.0.params.deep',
      'nodes.0.params.__proto__',
    ]);
  });

  it('takes the default for each training setting that is out of range', () => {
    const { document, messages } = read({
      training: {
        ...DEFAULT_TRAINING,
        batchSize: -1,
        seed: 2.5,
        steps: 10,
        optimizer: { kind: 'adamw', beta1: 2, beta2: 0.5, epsilon: 1e-8, weightDecay: 0.1 },
        schedule: { kind: 'cosine', warmupSteps: 5, finalFraction: 'none' },
      },
    });
    expect(document.training).toEqual({
      ...DEFAULT_TRAINING,
      steps: 10,
      optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.5, epsilon: 1e-8, weightDecay: 0.1 },
      schedule: { kind: 'cosine', warmupSteps: 5, finalFraction: 0 },
    });
    expect(messages).toHaveLength(4);
    expect(messages).toContain(
      'The training setting "batchSize" was -1, out of range; it is now 128.',
    );
    expect(read({ training: 'fast' }).document.training).toEqual(DEFAULT_TRAINING);
    expect(
      read({ training: { ...DEFAULT_TRAINING, optimizer: { kind: 'lion' } } }).messages,
    ).toEqual(['The optimizer was "lion", which Basin does not have; it is now adam.']);
  });

  it('drops unknown fields with one remark', () => {
    const result = readDocument({
      ...emptyDocument(),
      theme: 'dark',
      nodes: [{ ...node('a'), colour: 'red' }],
    });
    expect(result.ok && Object.keys(result.value)).not.toContain('theme');
    expect(result.diagnostics).toEqual([
      {
        code: 'document.repaired',
        severity: 'info',
        message: '2 fields that Basin does not know were left out: theme, nodes.0.colour.',
      },
    ]);
  });

  it('says which missing field an unknown one is nearly called as', () => {
    const { learningRate, ...training } = DEFAULT_TRAINING;
    const { messages } = read({
      nodes: [{ id: 'a', kind: 'data.points', position: { x: 0, y: 0 }, params: {}, lable: 'A' }],
      training: { ...training, learning_rate: learningRate },
    });
    expect(messages).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Did you mean “learningRate”?'),
        expect.stringContaining('Did you mean “label”?'),
      ]),
    );
  });

  it('counts repairs beyond the first fifty', () => {
    const edges = Array.from({ length: 1000 }, (_, index) => edge(`e${index}`, 'a', 'gone'));
    const { messages } = read({ nodes: [node('a')], edges });
    expect(messages).toHaveLength(51);
    expect(messages.at(-1)).toContain('950 more repairs');
  });
});

describe('readDocument: anything at all', () => {
  const check = (input: unknown): void => {
    const result = readDocument(input);
    if (!result.ok) {
      expect(result.diagnostics.length).toBeGreaterThan(0);
      return;
    }
    expect(documentSchema.safeParse(result.value).error).toBeUndefined();
    // What was repaired once needs no second repair.
    expect(readDocument(canonicalJson(result.value)).diagnostics).toEqual([]);
  };

  it(
    'never throws on arbitrary text and JSON',
    () => {
      fc.assert(fc.property(fc.string(), check));
      fc.assert(fc.property(fc.jsonValue(), check));
      fc.assert(fc.property(fc.jsonValue(), (value) => check(JSON.stringify(value))));
      fc.assert(
        fc.property(
          fc.dictionary(fc.constantFrom(...Object.keys(emptyDocument())), fc.jsonValue()),
          (some) => check({ ...emptyDocument(), ...some }),
        ),
      );
    },
    PATIENCE,
  );

  it(
    'makes a valid document, or a refusal, of every mutated valid one',
    () => {
      fc.assert(
        fc.property(
          documentArbitrary,
          fc.array(fc.record({ pick: fc.nat(), with: fc.option(fc.jsonValue({ maxDepth: 2 })) }), {
            minLength: 1,
            maxLength: 6,
          }),
          (document, mutations) => {
            const json: unknown = JSON.parse(JSON.stringify(document));
            for (const mutation of mutations) mutate(json, mutation.pick, mutation.with);
            check(json);
          },
        ),
        { numRuns: 120 },
      );
    },
    PATIENCE,
  );
});

/** Deletes (`null`) or replaces one field or item somewhere inside. */
function mutate(root: unknown, pick: number, replacement: unknown): void {
  const slots: { parent: Record<string, unknown>; key: string }[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const parent = value as Record<string, unknown>;
    for (const key of Object.keys(parent)) {
      slots.push({ parent, key });
      visit(parent[key]);
    }
  };
  visit(root);
  const slot = slots[pick % slots.length];
  if (slot === undefined) return;
  if (replacement === null) Reflect.deleteProperty(slot.parent, slot.key);
  else slot.parent[slot.key] = replacement;
}
