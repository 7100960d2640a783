import { paste, topLeft } from '../../document/commands/clipboardCommands';
import type { Block } from '../../document/block';
import { selectFragment, type Fragment } from '../../document/fragment';
import type { Position } from '../../document/schema';
import { buildViews, NO_VIEWS } from '../model/buildViews';
import { nodeLabel } from '../model/documentNode';
import type { EditorStore } from '../store/editorState';
import { snap } from './addNode';
import { homeOfCopy, selectionOfCopy } from './clipboard';
import { combineEdits } from './combineEdits';
import { drawnBoxes } from './membership';

/** What is selected, as a block under the name of its group or node; null where nothing is. */
export function selectedBlock({ getState, registry }: EditorStore): Block | null {
  const { document, selection } = getState();
  const fragment = selectFragment(document, [...selection.nodes, ...selection.groups]);
  const [node] = fragment.nodes;
  if (node === undefined && fragment.groups.length === 0) return null;
  const group = fragment.groups.find((one) => one.group === undefined);
  const isGroup = group !== undefined && fragment.nodes.every((one) => one.group !== undefined);
  const name = isGroup ? group.label : node === undefined ? '' : nodeLabel(registry, node);
  return { name, fragment };
}

/** Puts a block into the graph with its middle at a place, into the group whose frame is there, and selects what came. */
export function insertBlock(store: EditorStore, { fragment, name }: Block, centre: Position): void {
  const { document } = store.getState();
  const { left, top, right, bottom } = extent(store, fragment);
  const corner = topLeft(fragment);
  const edit = paste(
    document,
    fragment,
    {
      x: snap(corner.x + centre.x - (left + right) / 2),
      y: snap(corner.y + centre.y - (top + bottom) / 2),
    },
    `Insert ${name}`,
  );
  const home = homeOfCopy(document, fragment, edit, centre);
  store.edit(combineEdits(edit.label, edit, home), selectionOfCopy(fragment, edit));
}

/** Of a fragment as it would be drawn. */
function extent(store: EditorStore, fragment: Fragment) {
  const document = { ...store.getState().document, ...fragment };
  const { analysis } = store.getState();
  const views = buildViews(document, store.registry, analysis, NO_VIEWS);
  const boxes = drawnBoxes(document, views);
  return {
    left: Math.min(...boxes.map(({ x }) => x)),
    top: Math.min(...boxes.map(({ y }) => y)),
    right: Math.max(...boxes.map(({ x, width }) => x + width)),
    bottom: Math.max(...boxes.map(({ y, height }) => y + height)),
  };
}
