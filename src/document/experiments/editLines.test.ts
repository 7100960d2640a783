import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_OPTIMIZERS, emptyDocument, type BasinDocument } from '../schema';
import { parseEditLine } from './editLine';
import { changedByLines, linesHold, takeBackLines } from './editLines';

const kinds = {
  get: (kind: string) =>
    kind === 'module.mlp'
      ? { title: 'MLP', params: z.object({ width: z.number(), activation: z.string() }) }
      : { title: `A ${kind}`, params: z.object({}) },
};

const node = (id: string, params = {}) => ({
  id,
  kind: 'module.mlp',
  label: id.toUpperCase(),
  position: { x: 0, y: 0 },
  params,
});

const edge = (id: string, source: string, target: string) => ({
  id,
  source,
  sourcePort: 'out',
  target,
  targetPort: 'in',
});

const chain: BasinDocument = {
  ...emptyDocument(),
  nodes: [node('a', { width: 8 }), node('b'), node('c')],
  edges: [edge('ab', 'a', 'b'), edge('bc', 'b', 'c')],
};

function changed(...lines: string[]): BasinDocument {
  const result = changedByLines(chain, lines, { kinds });
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.value;
}

function refusal(...lines: string[]): string | undefined {
  const nameOf = (id: string): string => `Node ${id}`;
  const result = changedByLines(chain, lines, { kinds, nameOf });
  return result.ok ? undefined : result.diagnostics[0]?.message;
}

describe('a line', () => {
  it('sets a parameter or a setting, to JSON or a word', () => {
    const document = changed('a.width=64', 'b.activation=tanh', 'training.optimizer.beta1=0.5');
    expect(document.nodes.map(({ params }) => params)).toEqual([
      { width: 64 },
      { activation: 'tanh' },
      {},
    ]);
    expect(document.training.optimizer).toMatchObject({ kind: 'adam', beta1: 0.5 });
  });

  it('bypasses and deletes', () => {
    expect(changed('bypass b').nodes.map(({ bypassed }) => bypassed)).toEqual([
      undefined,
      true,
      undefined,
    ]);
    const without = changed('delete b');
    expect([without.nodes.length, without.edges]).toEqual([2, []]);
  });

  it('gives another kind, whose name the node takes, and keeps edges', () => {
    const document = changed('b is op.flatten');
    expect(document.nodes[1]).toMatchObject({ kind: 'op.flatten', label: 'A op.flatten' });
    expect(document.edges).toEqual(chain.edges);
  });

  it('adds nodes and edges, and takes edges out', () => {
    const document = changed('add reg.l1 as d at 10,-20', '+ c.out -> d.z', '- a.out -> b.in');
    expect(document.nodes[3]).toEqual({
      id: 'd',
      kind: 'reg.l1',
      label: 'A reg.l1',
      position: { x: 10, y: -20 },
      params: {},
    });
    expect(document.edges.map(({ source, target }) => `${source}${target}`)).toEqual(['bc', 'cd']);
  });

  it('is nothing else', () => {
    for (const text of ['', 'b', 'bypass', 'bypass b c', 'add x as y', '+ a -> b', 'is x', '=1']) {
      expect(parseEditLine(text), text).toBeNull();
    }
  });
});

describe('lines', () => {
  it('are refused with what is missing, by the name that it has', () => {
    expect(refusal('bypass z')).toBe('The graph has no “Node z”.');
    expect(refusal('z.width=1')).toBe('The graph has no “Node z”.');
    expect(refusal('+ a.out -> z.in')).toBe('The graph has no “Node z”.');
    expect(refusal('z is op.flatten')).toBe('The graph has no “Node z”.');
    expect(refusal('a.depth=1')).toContain('module.mlp has no parameter “depth”');
    expect(refusal('training.steps=0')).toContain('training.steps');
    expect(refusal('add reg.l1 as ab at 0,0')).toContain('has another “ab”');
    expect(refusal('nonsense')).toContain('“nonsense”');
  });

  it('give a training setting of several kinds another kind, with what both have and its defaults', () => {
    const lines = ['training.optimizer.beta1=0.5', 'training.optimizer.kind=adamw'];
    expect(changed(...lines).training.optimizer).toEqual({
      ...DEFAULT_OPTIMIZERS.adamw,
      beta1: 0.5,
    });
    expect(changed('training.optimizer.kind=sgd').training.optimizer).toEqual(
      DEFAULT_OPTIMIZERS.sgd,
    );
    for (const kind of ['constructor', 'magic', '{}'])
      expect(refusal(`training.optimizer.kind=${kind}`)).toContain('training.optimizer');
  });

  it('change nothing where one of them is refused', () => {
    expect(refusal('a.width=1', 'bypass z')).toBeDefined();
    expect(chain.nodes[0]?.params).toEqual({ width: 8 });
  });

  it('hold where the graph is as they make it, and are then not made again', () => {
    const lines = ['a.width=64', 'bypass b', 'delete c', '- a.out -> b.in'];
    const document = changed(...lines);
    expect(linesHold(document, lines)).toBe(true);
    expect(linesHold(chain, lines)).toBe(false);
    const again = changedByLines(document, lines, { kinds });
    expect(again.ok && again.value).toEqual(document);
  });

  const lists = [
    ['a.width=64', 'b.width=3', 'training.steps=5', 'c.bypassed=true'],
    ['bypass b'],
    ['delete b'],
    ['b is op.flatten'],
    ['add reg.l1 as d at 0,0', '+ c.out -> d.z'],
    ['- a.out -> b.in', '+ a.out -> c.in'],
    [
      'training.optimizer.beta1=0.5',
      'training.optimizer.kind=sgd',
      'training.optimizer.momentum=0.3',
    ],
  ];
  it.each(lists)('are taken back: %s', (...lines) => {
    const document = structuredClone(changed(...lines));
    takeBackLines(document, lines, chain);
    const sorted = ({ nodes, edges, training }: BasinDocument) => ({
      nodes: nodes.toSorted((x, y) => (x.id < y.id ? -1 : 1)),
      edges: edges.toSorted((x, y) => (x.id < y.id ? -1 : 1)),
      training,
    });
    expect(sorted(document)).toEqual(sorted(chain));
  });

  it('are taken back from a graph that has gone on, as far as it has what they touch', () => {
    const document = structuredClone(changed('delete b', 'a.width=64', 'c.width=2'));
    document.nodes = document.nodes.filter(({ id }) => id !== 'c');
    takeBackLines(document, ['delete b', 'a.width=64', 'c.width=2'], chain);
    expect(document.nodes.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(document.edges.map(({ id }) => id)).toEqual(['ab']);
    expect(document.nodes[0]?.params).toEqual({ width: 8 });
  });
});
