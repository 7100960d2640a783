import { setLabel, setParameter } from '../../document/commands/nodeCommands';
import type { Edit } from '../../document/commands/edit';
import type { DocumentNode, ParameterValue } from '../../document/schema';
import { kindTitle } from '../model/documentNode';
import type { EditorStore } from '../store/editorState';
import { combineEdits } from './combineEdits';

/** The title, with a number when another node has that label: formulas and messages name nodes by it. */
export function freshLabel(store: EditorStore, title: string): string {
  return untaken(takenLabels(store), title);
}

function takenLabels({ getState }: EditorStore): Set<string> {
  return new Set(getState().document.nodes.map(({ label }) => label));
}

function untaken(taken: ReadonlySet<string>, title: string): string {
  if (!taken.has(title)) return title;
  for (let number = 2; ; number++)
    if (!taken.has(`${title} ${number}`)) return `${title} ${number}`;
}

/**
 * Sets a parameter of a node. Where another kind title comes with it, a label that is that title goes along: a module
 * that became a predictor is not called “Encoder” any longer, unless somebody named it so.
 */
export function changeParameter(
  store: EditorStore,
  node: DocumentNode,
  name: string,
  value: ParameterValue | undefined,
): Edit {
  return changeParameters(store, [node], name, value);
}

/** The same of several nodes, as one undo step. */
export function changeParameters(
  store: EditorStore,
  nodes: readonly DocumentNode[],
  name: string,
  value: ParameterValue | undefined,
): Edit {
  const taken = takenLabels(store);
  const edits = nodes.flatMap((node): Edit[] => {
    const title = newTitle(store, node, name, value);
    const edit = setParameter(node.id, name, value);
    if (title === null) return [edit];
    const label = untaken(taken, title);
    taken.add(label);
    return [edit, setLabel(node.id, label)];
  });
  const ids = nodes.map(({ id }) => id).join(' ');
  return { ...combineEdits(`Change ${name}`, ...edits), mergeKey: `parameter ${ids} ${name}` };
}

/** The title of the kind that a change brings, where the label went by the one before; else null. */
function newTitle(
  { registry }: EditorStore,
  { kind, label, params }: DocumentNode,
  name: string,
  value: ParameterValue | undefined,
): string | null {
  const definition = registry.get(kind);
  if (definition === undefined) return null;
  const { [name]: _, ...others } = params;
  const before = kindTitle(definition, params);
  const after = kindTitle(definition, value === undefined ? others : { ...others, [name]: value });
  return before !== after && isKindTitle(label, before) ? after : null;
}

/** Whether a label is the title of its kind, with a number or without: nobody has named the node. */
export function isKindTitle(label: string, title: string): boolean {
  return label === title || label.replace(/ [0-9]+$/, '') === title;
}
