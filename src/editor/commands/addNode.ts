import { addNode, newNode } from '../../document/commands/nodeCommands';
import type { DocumentNode, Position } from '../../document/schema';
import { linkEdit } from '../connection/canConnect';
import { fittingKindPort, linkTo } from '../connection/candidates';
import { insertionEdit } from '../connection/insertion';
import { documentPorts, kindTitle } from '../model/documentNode';
import { nodeGeometry } from '../model/nodeGeometry';
import { nodeOutline } from '../model/nodeOutline';
import { resolveParameters } from '../parameters/resolveParameters';
import type { KindEntry } from '../search/kindEntries';
import type { EditorStore } from '../store/editorState';
import { selectionOf } from '../store/selection';
import type { LooseEnd } from '../store/uiStore';
import { combineEdits } from './combineEdits';
import { groupAt } from './membership';
import { freshLabel } from './nodeNames';

export const GRID = 8;
/** Far enough from each other to see that there are two. */
const APART = 4 * GRID;

/** What a node is added as: a kind in a role, or as it is. */
type AddedAs = Pick<KindEntry, 'id' | 'title' | 'definition' | 'params'>;

/**
 * Adds a node of a kind or in a role, centred at a place and snapped to the grid, linked to a loose end if there is one, and in the
 * group whose frame is there. Where another node is centred already, it goes down the diagonal: added by keyboard, one would hide the
 * other. With `onEdge` it goes between the ends of that edge, if its ports fit.
 */
export function addNodeAt(
  store: EditorStore,
  entry: AddedAs,
  centre: Position,
  from: LooseEnd | null = null,
  onEdge: EdgePlace | null = null,
): string {
  const { document } = store.getState();
  const { definition } = entry;
  const params = resolveParameters(definition, entry.params);
  const { shape } = nodeGeometry(nodeOutline(definition, params), definition.ports(params));
  const place = freePlace(store, centre);
  const position = {
    x: snap(place.x - shape.x - shape.width / 2),
    y: snap(place.y - shape.height / 2),
  };
  const home = groupAt(document, place);
  const label = freshLabel(store, labelOf(entry));
  const node: DocumentNode = {
    ...newNode(document, definition.kind, label, position, entry.params),
    ...(home !== undefined && { group: home }),
  };
  const port = from && fittingKindPort({ document, registry: store.registry }, from, entry);
  const link =
    from !== null && port !== null
      ? linkEdit(document, linkTo(from, { nodeId: node.id, port }))
      : null;
  const split =
    onEdge &&
    insertionEdit({ document, registry: store.registry }, onEdge.edgeId, node, onEdge.bendsBefore);
  store.edit(
    combineEdits(split?.label ?? 'Add node', addNode(node), link, split),
    selectionOf({ nodes: [node.id] }),
  );
  return node.id;
}

/** Where on an edge something goes. */
export interface EdgePlace {
  readonly edgeId: string;
  /** How many of its bends come before. */
  readonly bendsBefore: number;
}

/** A role's name. A kind alone is called by what its defaults make of it. */
function labelOf({ id, title, definition }: AddedAs): string {
  return id === definition.kind ? kindTitle(definition) : title;
}

function freePlace({ getState, registry }: EditorStore, { x, y }: Position): Position {
  const centres = getState().document.nodes.map((node): Position => {
    const definition = registry.get(node.kind);
    const outline = nodeOutline(
      definition,
      definition ? resolveParameters(definition, node.params) : {},
    );
    const { shape } = nodeGeometry(outline, documentPorts(registry, node), node.size);
    return {
      x: node.position.x + shape.x + shape.width / 2,
      y: node.position.y + shape.height / 2,
    };
  });
  const isTaken = (shift: number): boolean =>
    centres.some((other) => Math.hypot(other.x - x - shift, other.y - y - shift) < 0.75 * APART);
  let shift = 0;
  while (isTaken(shift)) shift += APART;
  return { x: x + shift, y: y + shift };
}

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}
