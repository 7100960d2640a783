import { Maximize2, Minimize2, Trash2, Ungroup } from 'lucide-react';
import { setGroupColor, setGroupLabel } from '../../document/commands/groupCommands';
import { groupsWithin, nodesWithin } from '../../document/groupTree';
import { DOCUMENT_LIMITS, GROUP_COLORS } from '../../document/schema';
import type { DocumentGroup } from '../../document/schema';
import { PortMark } from '../canvas/node/PortMark';
import { ungroupSelection } from '../commands/arrange';
import { toggleCollapsed } from '../commands/collapse';
import { TextField } from '../fields/TextField';
import { plural } from '../../core/formatNumber';
import { removeSelection } from '../../document/commands/selectionCommands';
import type { BoxView } from '../model/boxView';
import { useEditor, useEditorStore } from '../store/useEditor';
import { useViews } from '../store/ViewsContext';
import { IconButton } from '../ui/IconButton';
import { DiagnosticList } from './DiagnosticList';
import styles from './Inspector.module.css';
import { MemberList } from './MemberList';
import { Section } from './Section';
import { DuplicateButton, SaveBlockButton } from './SelectionButtons';

/** A group: what can be done with it as a whole, its colour, its ports while it is collapsed, and what is in it. */
export function GroupInspector({ group }: { group: DocumentGroup }) {
  const store = useEditorStore();
  const views = useViews();
  const readOnly = useEditor((state) => state.readOnly);
  const members = useEditor((state) => nodesWithin(state.document, [group.id]));
  const box = views.boxes.get(group.id);
  const remarks = members.flatMap((id) => views.nodes.get(id)?.remarks ?? []);
  return (
    <>
      <header className={styles.head}>
        <div className={styles.kind}>
          <span className={styles.kindTitle}>
            Group<span className={styles.category}> · {plural(members.length, 'node')}</span>
          </span>
          {!readOnly && <Actions group={group} members={members} />}
        </div>
        <TextField
          id="group-label"
          label="Label of the group"
          value={group.label}
          longest={DOCUMENT_LIMITS.label}
          disabled={readOnly}
          onChange={(label) => store.edit(setGroupLabel(group.id, label))}
          onCommit={store.endGesture}
        />
        {!readOnly && <Colors group={group} />}
      </header>
      {remarks.length > 0 && (
        <Section>
          <DiagnosticList findings={remarks} />
        </Section>
      )}
      {box && <BoxPorts box={box} />}
      {members.length > 0 && (
        <Section title="Nodes">
          <MemberList ids={members} />
        </Section>
      )}
    </>
  );
}

function Actions({ group, members }: { group: DocumentGroup; members: readonly string[] }) {
  const store = useEditorStore();
  const isCollapsed = group.collapsed === true;
  const remove = (): void => {
    const groups = groupsWithin(store.getState().document, [group.id]);
    store.edit(removeSelection({ nodes: members, groups }));
  };
  return (
    <span className={styles.actions}>
      <IconButton
        label={isCollapsed ? 'Open' : 'Collapse'}
        keys="E"
        onClick={() => toggleCollapsed(store)}
      >
        {isCollapsed ? <Maximize2 size={14} aria-hidden /> : <Minimize2 size={14} aria-hidden />}
      </IconButton>
      <DuplicateButton />
      <SaveBlockButton />
      <IconButton label="Ungroup" keys="Ctrl Shift G" onClick={() => ungroupSelection(store)}>
        <Ungroup size={14} aria-hidden />
      </IconButton>
      <IconButton label="Delete the group and its nodes" onClick={remove}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </span>
  );
}

function Colors({ group }: { group: DocumentGroup }) {
  const store = useEditorStore();
  return (
    <div className={styles.colors} role="radiogroup" aria-label="Colour of the group">
      {[null, ...GROUP_COLORS].map((color) => (
        <label key={color} className={styles.color} data-color={color ?? 'none'}>
          <input
            type="radio"
            name={`color ${group.id}`}
            aria-label={color ?? 'no colour'}
            checked={(group.color ?? null) === color}
            onChange={() => store.edit(setGroupColor(group.id, color))}
          />
        </label>
      ))}
    </div>
  );
}

/** What a link from outside can reach as the group is now. */
function BoxPorts({ box }: { box: BoxView }) {
  const shown = box.ports.filter((port) => port.shown);
  if (shown.length === 0) return null;
  return (
    <Section title="Ports">
      <ul className={styles.ports}>
        {shown.map(({ nodeId, port, title }) => (
          <li key={`${port.direction}${nodeId}.${port.name}`} className={styles.port}>
            <span
              className={styles.portMark}
              data-tip={port.direction === 'input' ? 'Input' : 'Output'}
            >
              <PortMark type={port.type} filled={port.connected} />
            </span>
            <span className={styles.portName} data-tip={port.help}>
              <span className={styles.direction} aria-hidden>
                {port.direction === 'input' ? '→' : ''}
              </span>
              {title}
              <span className={styles.direction} aria-hidden>
                {port.direction === 'input' ? '' : '→'}
              </span>
            </span>
            <span className={styles.portShape}>{port.shape ?? port.type}</span>
            <span className={styles.neighbours}>{port.connected ? '' : 'not connected'}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
