import { Command as Menu } from 'cmdk';
import { Glyph } from '../canvas/node/glyphs';
import {
  changeKindEdit,
  kindChanges,
  lossesInWords,
  type KindChange,
} from '../commands/changeKind';
import { nodeLabel } from '../model/documentNode';
import type { DocumentNode } from '../../document/schema';
import { ChoiceDialog } from '../shortcuts/ChoiceDialog';
import menu from '../shortcuts/CommandMenu.module.css';
import { selectionOf } from '../store/selection';
import { useEditor, useEditorStore } from '../store/useEditor';
import { useUi, useUiStore } from '../store/uiStore';
import styles from './SearchPalette.module.css';

/** Another kind for a node, with what it would lose by that. */
export function ChangeKindDialog() {
  const nodeId = useUi((state) => state.changeKind);
  const node = useEditor(({ document }) => document.nodes.find(({ id }) => id === nodeId));
  return node === undefined ? null : <OpenDialog node={node} />;
}

function OpenDialog({ node }: { node: DocumentNode }) {
  const store = useEditorStore();
  const ui = useUiStore();
  const { registry } = store;
  const choices = kindChanges({ document: store.getState().document, registry }, node);
  const label = nodeLabel(registry, node);
  const close = (): void => ui.setState({ changeKind: null });
  const choose = (change: KindChange): void => {
    close();
    store.edit(changeKindEdit(store, node, change), selectionOf({ nodes: [node.id] }));
    const lost = lossesInWords(change);
    ui.setState({
      notice: lost === '' ? null : `As ${change.definition.title} the node has lost ${lost}.`,
    });
  };
  return (
    <ChoiceDialog
      label={`Change the kind of “${label}”`}
      placeholder={`What should “${label}” be?`}
      onClose={close}
    >
      <Menu.Empty className={menu.empty}>No other kind fits.</Menu.Empty>
      {choices.map((change) => {
        const { kind, title, icon, category } = change.definition;
        const lost = lossesInWords(change);
        return (
          <Menu.Item
            key={kind}
            value={`${title} ${kind}`}
            className={menu.item}
            data-category={category}
            onSelect={() => choose(change)}
          >
            <span className={styles.glyph}>
              <Glyph icon={icon} category={category} />
            </span>
            <span className={menu.title}>{title}</span>
            <span className={menu.reason}>{lost === '' ? 'keeps all' : `loses ${lost}`}</span>
          </Menu.Item>
        );
      })}
    </ChoiceDialog>
  );
}
