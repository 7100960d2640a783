import { useCallback, useRef } from 'react';

const NODES = '.react-flow__nodes :is(.react-flow__node[tabindex="0"], a[href])';

/**
 * Tab goes through the nodes first and through the edges after them; the canvas library draws edges before nodes, and the
 * browser goes by that. Edges are no stops of their own (`tabIndex` −1): from the last node on they are walked here, and from
 * the last edge Tab goes on from `end`, an element behind all of them.
 */
export function useTabOrder() {
  const end = useRef<HTMLSpanElement>(null);
  const onKeyDown = useCallback((event: React.KeyboardEvent<HTMLElement>) => {
    const { target, currentTarget } = event;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key !== 'Tab' || !isPlain || !(target instanceof Element)) return;
    const lastNode = [...currentTarget.querySelectorAll<HTMLElement>(NODES)].at(-1);
    const edges = [...currentTarget.querySelectorAll<SVGElement>('.react-flow__edge')];
    const at = edges.findIndex((edge) => edge === target);
    if (at < 0 && (target !== lastNode || event.shiftKey)) return;
    const next = event.shiftKey ? (edges[at - 1] ?? lastNode) : edges[at + 1];
    if (next === undefined) {
      // What the browser does now it does from there.
      end.current?.focus({ preventScroll: true });
      return;
    }
    event.preventDefault();
    next.focus({ preventScroll: true });
  }, []);
  return { onKeyDown, end };
}
