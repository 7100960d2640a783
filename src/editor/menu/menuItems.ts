import type { Selection } from '../store/selection';

export type MenuTarget = 'canvas' | 'node' | 'group' | 'edge' | 'selection';

const CLIPBOARD = ['edit.cut', 'edit.copy', 'edit.duplicate', 'edit.delete'] as const;

/** Commands by their ids, in parts. The names, keys and reasons are the commands' own. */
export const MENU_ITEMS: Readonly<Record<MenuTarget, readonly (readonly string[])[]>> = {
  canvas: [
    ['graph.add', 'edit.paste'],
    ['edit.undo', 'edit.redo', 'edit.selectAll'],
    ['arrange.layout', 'arrange.collapseAll', 'arrange.openAll', 'view.fit'],
  ],
  node: [
    ['graph.connect', 'edit.rename', 'graph.changeKind', 'graph.bypass'],
    CLIPBOARD,
    ['edit.select.connected', 'edit.select.upstream', 'edit.select.downstream'],
    ['arrange.group', 'graph.saveBlock', 'view.fitSelection'],
  ],
  group: [
    ['arrange.collapse', 'edit.rename', 'arrange.ungroup', 'graph.bypass'],
    CLIPBOARD,
    ['graph.saveBlock', 'view.fitSelection'],
  ],
  edge: [['edge.insert', 'edge.move'], ['edge.bend', 'edge.straighten'], ['edit.delete']],
  selection: [
    ['arrange.group', 'graph.bypass', 'edge.straighten'],
    CLIPBOARD,
    ['arrange.align.left', 'arrange.align.centre', 'arrange.align.top', 'arrange.align.middle'],
    ['arrange.distribute.across', 'arrange.distribute.down'],
    ['graph.saveBlock', 'view.fitSelection'],
  ],
};

/** What the menu of a selection is about. */
export function menuTarget({ nodes, groups, edges }: Selection): MenuTarget {
  const count = nodes.size + groups.size + edges.size;
  if (count === 0) return 'canvas';
  if (count > 1) return 'selection';
  if (nodes.size > 0) return 'node';
  return groups.size > 0 ? 'group' : 'edge';
}
