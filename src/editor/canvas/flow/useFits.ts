import { getNodesBounds, useStore } from '@xyflow/react';
import { useMemo } from 'react';
import type { FlowNode } from './flowTypes';

/** Whether all of the graph can be seen; an empty one can. */
export function useFits(nodes: FlowNode[]): boolean {
  const { x, y, width, height } = useMemo(() => getNodesBounds(nodes), [nodes]);
  return useStore(({ transform: [left, top, zoom], width: roomX, height: roomY }) => {
    // Half a pixel is lost in rounding.
    const isWithin = (from: number, length: number, room: number): boolean =>
      from > -1 && from + length * zoom < room + 1;
    return (
      nodes.length === 0 ||
      (isWithin(left + x * zoom, width, roomX) && isWithin(top + y * zoom, height, roomY))
    );
  });
}
