import { describe, expect, it } from 'vitest';
import { setParameter } from '../../document/commands/nodeCommands';
import { testDocument, testNode, testStore } from '../testSupport';
import { canConnect, linkEdit } from './canConnect';
import type { ConnectionContext, Link } from './canConnect';
import { kindEntries } from '../search/kindEntries';
import { candidates, fittingKindPort, fittingPort } from './candidates';

function context(store = testStore()): ConnectionContext {
  return {
    document: store.getState().document,
    registry: store.registry,
    analysis: store.settle(),
    preview: store.preview,
  };
}

function link(from: string, to: string): Link {
  const [fromNode = '', fromPort = ''] = from.split('.');
  const [toNode = '', toPort = ''] = to.split('.');
  return { from: { nodeId: fromNode, port: fromPort }, to: { nodeId: toNode, port: toPort } };
}

const reasonOf = (...args: Parameters<typeof canConnect>) => {
  const verdict = canConnect(...args);
  return verdict.ok ? 'ok' : verdict.reason;
};

describe('canConnect', () => {
  it('allows what fits in type and shape', () => {
    expect(canConnect(context(), link('x.x', 'distance.b'))).toEqual({ ok: true });
  });

  it('names both ends when types differ', () => {
    const verdict = canConnect(context(), link('distance.energy', 'encoder.in'));
    expect(verdict).toMatchObject({ ok: false, reason: 'type' });
    expect(verdict.ok ? '' : verdict.message).toBe(
      '“in” of “Encoder” takes a tensor; “energy” of “Distance” gives an energy.',
    );
  });

  it('refuses ports that do not exist, and the node itself', () => {
    expect(reasonOf(context(), link('x.y', 'distance.b'))).toBe('unknown');
    expect(reasonOf(context(), link('nobody.out', 'distance.b'))).toBe('unknown');
    expect(reasonOf(context(), link('encoder.out', 'encoder.in'))).toBe('self');
  });

  it('tells an edge that exists from an input that is taken, which can be replaced', () => {
    expect(reasonOf(context(), link('encoder.out', 'distance.a'))).toBe('duplicate');
    expect(reasonOf(context(), link('x.x', 'distance.a'))).toBe('taken');
    expect(reasonOf(context(), link('x.x', 'distance.a'), { replace: true })).toBe('ok');
  });

  it('lets variadic inputs take several edges', () => {
    const document = testDocument();
    document.nodes.push(testNode('more', 'data.source'));
    expect(reasonOf(context(testStore(document)), link('more.x', 'encoder.in'))).toBe('ok');
  });

  it('refuses a cycle, but not weights that run against the values', () => {
    const document = testDocument();
    document.nodes.push(testNode('next', 'module.dense', { width: 4 }));
    const store = testStore(document);
    store.edit(linkEdit(store.getState().document, link('encoder.out', 'next.in')));
    expect(reasonOf(context(store), link('next.out', 'encoder.in'))).toBe('cycle');
    expect(reasonOf(context(store), link('next.weights', 'encoder.weights'))).toBe('ok');
    store.edit(linkEdit(store.getState().document, link('next.weights', 'encoder.weights')));
    expect(reasonOf(context(store), link('encoder.weights', 'next.weights'))).toBe('cycle');
  });

  it('does not blame a link for a cycle elsewhere', () => {
    const document = testDocument();
    document.nodes.push(testNode('p', 'module.dense'), testNode('q', 'module.dense'));
    document.edges.push(
      { id: 'c1', source: 'p', sourcePort: 'out', target: 'q', targetPort: 'in' },
      { id: 'c2', source: 'q', sourcePort: 'out', target: 'p', targetPort: 'in' },
    );
    expect(reasonOf(context(testStore(document)), link('x.x', 'distance.b'))).toBe('ok');
  });

  it('refuses shapes that the target cannot work with, in the words of the analysis', () => {
    const store = testStore();
    store.edit(setParameter('x', 'width', 5));
    const verdict = canConnect(context(store), link('x.x', 'distance.b'));
    expect(verdict).toEqual({
      ok: false,
      reason: 'shape',
      message: expect.stringContaining('4 against 5'),
    });
    expect(reasonOf({ ...context(store), preview: undefined }, link('x.x', 'distance.b'))).toBe(
      'ok',
    );
  });
});

describe('candidates', () => {
  it('finds the other port of a node that would fit', () => {
    const end = { nodeId: 'x', port: 'x', direction: 'output' } as const;
    expect(fittingPort(context(), end, 'distance')?.end.port).toBe('b');
    const energy = { nodeId: 'distance', port: 'energy', direction: 'output' } as const;
    expect(fittingPort(context(), energy, 'encoder')).toBeNull();
  });

  it('lists ports of the other direction, never those of the same node', () => {
    const end = { nodeId: 'distance', port: 'b', direction: 'input' } as const;
    const fitting = candidates(context(), end).filter(({ verdict }) => verdict.ok);
    expect(fitting.map(({ end: { nodeId, port } }) => `${nodeId}.${port}`)).toEqual([
      'x.x',
      'encoder.out',
    ]);
  });

  it('knows which kinds could take a link', () => {
    const { document, registry } = context();
    const fits = (direction: 'input' | 'output', nodeId: string, port: string) =>
      kindEntries(registry)
        .filter((one) => fittingKindPort({ document, registry }, { nodeId, port, direction }, one))
        .map(({ id }) => id);
    expect(fits('output', 'x', 'x')).toEqual(['module.dense', 'energy.distance']);
    expect(fits('input', 'distance', 'b')).toEqual(['data.source', 'module.dense']);
    expect(fits('output', 'distance', 'energy')).toEqual([]);
  });
});
