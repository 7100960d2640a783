import { describe, expect, it } from 'vitest';
import type { FlowNode } from './flowTypes';
import { mapArea, mapPaths } from './mapOf';

const MAP = { width: 110, height: 60 };

describe('the map of the graph', () => {
  it('shows all of the graph, with a margin of five pixels, in the middle', () => {
    const graph = { x: 100, y: 200, width: 1000, height: 100 };
    // 1000 units on 100 pixels.
    expect(mapArea(graph, { x: 100, y: 200, width: 10, height: 10 }, MAP)).toEqual({
      x: 50,
      y: -50,
      width: 1100,
      height: 600,
    });
  });

  it('grows with a view that leaves the graph', () => {
    const graph = { x: 0, y: 0, width: 500, height: 100 };
    const area = mapArea(graph, { x: -500, y: 0, width: 100, height: 100 }, MAP);
    expect(area).toMatchObject({ x: -550, width: 1100 });
  });

  it('has one path for each colour, frames below nodes', () => {
    const node = (type: string, x: number, category = ''): FlowNode =>
      ({
        type,
        position: { x, y: 1 },
        width: 20,
        height: 10,
        data: { view: { category } },
      }) as unknown as FlowNode;
    expect(
      mapPaths([
        node('frame', 0),
        node('graph', 1, 'data'),
        node('graph', 2, 'module'),
        node('graph', 3, 'data'),
      ]),
    ).toEqual([
      ['var(--hairline)', 'M0 1h20v10h-20z'],
      ['var(--category-data)', 'M1 1h20v10h-20zM3 1h20v10h-20z'],
      ['var(--category-module)', 'M2 1h20v10h-20z'],
    ]);
  });
});
