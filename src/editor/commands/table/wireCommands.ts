import { bendEdge, NOT_BENT, straightenEdges } from '../bendEdge';
import type { Command } from '../command';
import { kindChanges } from '../changeKind';
import { openMenu } from '../../menu/openMenu';
import type { CommandContext } from './commandContext';

/** What is done to edges, and to a node with its links; all of it goes by mouse too. */
export function wireCommands(context: CommandContext): Command[] {
  const { store, ui, views, flow, pointer, state, needs } = context;
  /** The one edge that is selected, alone. */
  const edge = (): string | null => {
    const { nodes, groups, edges } = state().selection;
    const [only] = edges;
    return only !== undefined && nodes.size + groups.size + edges.size === 1 ? only : null;
  };
  const needsEdge = () => needs.writable() ?? (edge() === null ? 'No edge is selected.' : null);
  const node = () => {
    const { nodes, groups } = state().selection;
    return nodes.size === 1 && groups.size === 0
      ? state().document.nodes.find(({ id }) => nodes.has(id))
      : undefined;
  };
  const bent = (): string[] => {
    const { edges } = state().selection;
    return state()
      .document.edges.filter(({ id, bends }) => edges.has(id) && bends)
      .map(({ id }) => id);
  };
  return [
    {
      id: 'graph.changeKind',
      title: 'Change the kind of the node…',
      section: 'Graph',
      keys: ['K'],
      keywords: 'swap replace convert type',
      onSelection: true,
      disabled: () => {
        const chosen = node();
        if (needs.writable() !== null) return needs.writable();
        if (!chosen) return 'No single node is selected.';
        const { registry } = store;
        const { document } = state();
        return kindChanges({ document, registry }, chosen).length === 0
          ? 'No other kind fits its links.'
          : null;
      },
      run: () => ui.setState({ changeKind: node()?.id ?? null }),
    },
    {
      id: 'edge.insert',
      title: 'Insert a node on the edge…',
      section: 'Edges',
      keys: ['I'],
      keywords: 'between wire link split',
      onSelection: true,
      disabled: needsEdge,
      run: () => {
        const onEdge = edge();
        if (onEdge === null) return;
        const at = middleOf(onEdge) ?? pointer();
        ui.setState({
          search: { at, position: flow.screenToFlowPosition(at), from: null, onEdge },
        });
      },
    },
    {
      id: 'edge.move',
      title: 'Lead the edge to another input…',
      section: 'Edges',
      keys: ['M'],
      keywords: 'reconnect rewire link move',
      onSelection: true,
      disabled: needsEdge,
      run: () => ui.setState({ moveLink: edge() }),
    },
    {
      id: 'edge.bend',
      title: 'Bend the edge',
      section: 'Edges',
      keys: ['B'],
      keywords: 'reroute point wire link',
      onSelection: true,
      disabled: needsEdge,
      run: () => {
        const id = edge();
        if (id !== null && !bendEdge(store, views, id)) ui.setState({ notice: NOT_BENT });
      },
    },
    {
      id: 'edge.straighten',
      title: 'Straighten the edge',
      section: 'Edges',
      keys: ['S'],
      keywords: 'bend reroute point remove',
      onSelection: true,
      disabled: () =>
        needs.writable() ?? (bent().length === 0 ? 'No edge with bends is selected.' : null),
      run: () => straightenEdges(store, bent()),
    },
    {
      id: 'view.menu',
      title: 'Menu of the selection',
      section: 'View',
      keys: ['Shift+F10', 'Menu'],
      hidden: true,
      disabled: needs.writable,
      run: () => openMenu(state().selection, views, pointer()),
    },
  ];
}

/** On the screen; null where it is not drawn. */
function middleOf(edgeId: string): { x: number; y: number } | null {
  const path = document.querySelector<SVGPathElement>(
    `.react-flow__edge[data-id="${edgeId}"] .react-flow__edge-path`,
  );
  const matrix = path?.getScreenCTM();
  if (!path || !matrix) return null;
  const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(matrix);
  return { x, y };
}
