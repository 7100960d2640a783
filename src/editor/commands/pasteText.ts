import { DUPLICATE_OFFSET, paste } from '../../document/commands/clipboardCommands';
import type { Edit } from '../../document/commands/edit';
import { replaceDocument } from '../../document/commands/settingsCommands';
import { readPasted } from '../../document/readPasted';
import type { BasinDocument, Position } from '../../document/schema';
import type { EditorStore } from '../store/editorState';
import type { Point } from '../store/uiStore';
import { homeOfCopy, selectionOfCopy } from './clipboard';
import { combineEdits } from './combineEdits';

/**
 * Adds what the text holds with its top left corner at a place on the canvas, into the group there, and selects it. A whole document
 * comes with its title and settings where there was nothing yet; else its nodes come alone.
 */
export function pasteText(store: EditorStore, text: string, at: Point): void {
  const read = readPasted(text);
  if (read.diagnostics.length > 0) store.reportFault(...read.diagnostics);
  if (!read.ok) return;
  const { fragment, document: whole } = read.value;
  const { document } = store.getState();
  const edit = paste(document, fragment, freeCorner(document, at));
  const home = homeOfCopy(document, fragment, edit, at);
  const isEmpty = document.nodes.length + document.groups.length === 0;
  const rest = whole !== null && isEmpty ? allButGraph(whole) : null;
  store.edit(combineEdits(edit.label, edit, home, rest), selectionOfCopy(fragment, edit));
}

/** Title, settings and all else that a document has beside its graph. */
function allButGraph(whole: BasinDocument): Edit {
  return {
    label: 'Paste',
    recipe: (draft) => {
      const { nodes, edges, groups } = draft;
      replaceDocument({ ...whole, nodes, edges, groups }).recipe(draft);
    },
  };
}

/** Down the diagonal from what has its corner there already: pasted twice at one place, one would hide the other. */
function freeCorner({ nodes, groups }: BasinDocument, at: Point): Position {
  let corner = { x: Math.round(at.x), y: Math.round(at.y) };
  const isTaken = ({ position: { x, y } }: { readonly position: Position }): boolean =>
    x === corner.x && y === corner.y;
  while ([...nodes, ...groups].some(isTaken)) {
    corner = { x: corner.x + DUPLICATE_OFFSET, y: corner.y + DUPLICATE_OFFSET };
  }
  return corner;
}
