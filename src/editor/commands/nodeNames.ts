import { setLabel, setParameter } from '../../document/commands/nodeCommands';
import type { Edit } from '../../document/commands/edit';
import type { DocumentNode, ParameterValue } from '../../document/schema';
import { kindTitle } from '../model/documentNode';
import type { EditorStore } from '../store/editorState';
import { combineEdits } from './combineEdits';

/** The title, with a number when another node has that label: formulas and messages name nodes by it. */
export function freshLabel({ getState }: EditorStore, title: string): string {
  const taken = new Set(getState().document.nodes.map(({ label }) => label));
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
  const edit = setParameter(node.id, name, value);
  const definition = store.registry.get(node.kind);
  if (definition === undefined) return edit;
  const { [name]: _, ...others } = node.params;
  const before = kindTitle(definition, node.params);
  const after = kindTitle(definition, value === undefined ? others : { ...others, [name]: value });
  const isTitle = node.label === before || node.label.replace(/ [0-9]+$/, '') === before;
  if (before === after || !isTitle) return edit;
  const renamed = setLabel(node.id, freshLabel(store, after));
  return { ...edit, ...combineEdits(edit.label, edit, renamed) };
}
