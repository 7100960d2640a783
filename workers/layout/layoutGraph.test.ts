import { describe, expect, it } from 'vitest';
import { layoutGraph } from './layoutGraph';
import type { LayoutEdge, LayoutNode, LayoutPort } from '../protocol';

/** A node with its ports spread along its sides, by their names. */
function node(
  id: string,
  more: { group?: string; inputs?: readonly string[]; outputs?: readonly string[] } = {},
): LayoutNode {
  const { inputs = ['in'], outputs = ['out'], ...rest } = more;
  const spread = (names: readonly string[], side: 'left' | 'right'): LayoutPort[] =>
    names.map((name, index) => ({
      name,
      side,
      x: side === 'left' ? 0 : 200,
      y: (100 * (index + 1)) / (names.length + 1),
    }));
  return {
    id,
    width: 200,
    height: 100,
    inputs: spread(inputs, 'left'),
    outputs: spread(outputs, 'right'),
    ...rest,
  };
}

function edge(source: string, target: string, sourcePort = 'out', targetPort = 'in'): LayoutEdge {
  return { id: `${source}-${target}-${targetPort}`, source, sourcePort, target, targetPort };
}

describe('layoutGraph', () => {
  it('puts readers to the right of their sources, without overlaps', () => {
    const nodes = ['data', 'left', 'right', 'energy'].map((id) =>
      node(id, { inputs: ['a', 'in'] }),
    );
    const edges = [
      edge('data', 'left'),
      edge('data', 'right'),
      edge('left', 'energy', 'out', 'a'),
      edge('right', 'energy'),
    ];
    const { positions } = layoutGraph(nodes, edges);
    expect(Object.keys(positions).sort()).toEqual(['data', 'energy', 'left', 'right']);
    for (const { source, target } of edges) {
      expect(positions[target]?.x).toBeGreaterThanOrEqual((positions[source]?.x ?? 0) + 200);
    }
    const gap = Math.abs((positions['left']?.y ?? 0) - (positions['right']?.y ?? 0));
    expect(gap).toBeGreaterThanOrEqual(100);
  });

  it('keeps the order of ports: what enters above comes from above', () => {
    const sources = ['a', 'b', 'c'].map((id) => node(id, { inputs: [] }));
    const sink = node('sink', { inputs: ['first', 'second', 'third'], outputs: [] });
    const edges = [
      edge('c', 'sink', 'out', 'first'),
      edge('a', 'sink', 'out', 'second'),
      edge('b', 'sink', 'out', 'third'),
    ];
    const { positions } = layoutGraph([...sources, sink], edges);
    const heights = ['c', 'a', 'b'].map((id) => positions[id]?.y ?? NaN);
    expect(heights).toEqual([...heights].sort((p, q) => p - q));
  });

  it('keeps a group together and gives absolute positions', () => {
    const nodes = [
      node('data', { inputs: [] }),
      node('one', { group: 'branch' }),
      node('two', { group: 'branch' }),
      node('other'),
      node('sink', { inputs: ['in', 'a'] }),
    ];
    const edges = [
      edge('data', 'one'),
      edge('one', 'two'),
      edge('data', 'other'),
      edge('two', 'sink'),
      edge('other', 'sink', 'out', 'a'),
    ];
    const { positions } = layoutGraph(nodes, edges);
    expect(positions['two']?.x).toBeGreaterThanOrEqual((positions['one']?.x ?? 0) + 200);
    expect(positions['one']?.x).toBeGreaterThan((positions['data']?.x ?? 0) + 200);
    expect(Object.keys(positions)).toHaveLength(5);
    // Nothing else lies within the frame of the group.
    const [one, two, other] = ['one', 'two', 'other'].map((id) => positions[id] ?? { x: 0, y: 0 });
    if (!one || !two || !other) throw new Error('expected positions');
    const top = Math.min(one.y, two.y);
    const bottom = Math.max(one.y, two.y) + 100;
    const isBeside = other.x + 200 <= one.x || other.x >= two.x + 200;
    expect(isBeside || other.y >= bottom || other.y + 100 <= top).toBe(true);
  });

  it('keeps a group in a group together with the nodes beside it', () => {
    const nodes = [
      node('one', { group: 'inner' }),
      node('two', { group: 'inner' }),
      node('beside', { group: 'outer', inputs: ['in', 'a'] }),
      node('other'),
    ];
    const edges = [edge('one', 'two'), edge('two', 'beside'), edge('one', 'other')];
    const { positions } = layoutGraph(nodes, edges, { inner: 'outer' });
    const x = (id: string): number => positions[id]?.x ?? NaN;
    const y = (id: string): number => positions[id]?.y ?? NaN;
    expect(x('two')).toBeGreaterThanOrEqual(x('one') + 200);
    expect(x('beside')).toBeGreaterThanOrEqual(x('two') + 200);
    // What is in neither lies outside of the frame of both.
    const inside = ['one', 'two', 'beside'];
    const [top, bottom] = [
      Math.min(...inside.map(y)),
      Math.max(...inside.map((id) => y(id) + 100)),
    ];
    expect(y('other') >= bottom || y('other') + 100 <= top || x('other') >= x('beside')).toBe(true);
  });

  it('passes over edges that lead nowhere, and lays out nothing at all', () => {
    const edges = [edge('a', 'gone'), edge('gone', 'a'), edge('a', 'a', 'out', 'nothing')];
    const { positions } = layoutGraph([node('a')], edges);
    expect(Object.keys(positions)).toEqual(['a']);
    expect(layoutGraph([], [])).toEqual({ positions: {} });
  });
});
