import { useReactFlow } from '@xyflow/react';
import { Command as Menu } from 'cmdk';
import { useState } from 'react';
import { reveal } from '../canvas/flow/reveal';
import { Glyph } from '../canvas/node/glyphs';
import { PortMark } from '../canvas/node/PortMark';
import { addBeside } from '../commands/addBeside';
import type { BoxView } from '../model/boxView';
import { drawnAs, type Views } from '../model/buildViews';
import type { PortView } from '../model/nodeView';
import { kindEntries } from '../search/kindEntries';
import { CATEGORY_TITLES } from '../search/searchKinds';
import styles from '../search/SearchPalette.module.css';
import { ChoiceDialog } from '../shortcuts/ChoiceDialog';
import menu from '../shortcuts/CommandMenu.module.css';
import { useEditorStore } from '../store/useEditor';
import { useUi, useUiStore } from '../store/uiStore';
import type { LooseEnd } from '../store/uiStore';
import { useViews } from '../store/ViewsContext';
import { candidates, fittingKindPort } from './candidates';
import { useConnector } from './useConnect';

/** Something with ports: a node, or the box of a collapsed group with all ports inside. */
interface Connectable {
  readonly id: string;
  readonly label: string;
  readonly ports: readonly OwnPort[];
}

interface OwnPort {
  readonly nodeId: string;
  readonly port: PortView;
  readonly title: string;
}

/**
 * Connecting by keyboard: a port of the node first, then one of the ports that it fits, or a new node that has one. Also where a link was let go on a
 * box, for choosing among the ports inside, and for leading an edge to another input.
 */
export function ConnectDialog() {
  const nodeId = useUi((state) => state.connectFrom);
  const into = useUi((state) => state.connectInto);
  const moving = useUi((state) => state.moveLink);
  const views = useViews();
  const edge = moving === null ? undefined : views.edges.get(moving);
  if (edge !== undefined) {
    const { id, source, sourcePort } = edge;
    return (
      <OpenDialog end={{ nodeId: source, port: sourcePort, direction: 'output' }} moving={id} />
    );
  }
  if (into !== null) {
    const box = views.boxes.get(into.groupId);
    return box === undefined ? null : <OpenDialog end={into.end} box={box} moving={into.moving} />;
  }
  const item = connectable(views, nodeId ?? '');
  return item === null ? null : <OpenDialog key={item.id} item={item} />;
}

function connectable({ nodes, boxes }: Views, id: string): Connectable | null {
  const view = nodes.get(id);
  if (view !== undefined) {
    const ports = view.ports.map((port) => ({ nodeId: id, port, title: port.name }));
    return { id, label: view.label, ports };
  }
  return boxes.get(id) ?? null;
}

function OpenDialog(props: {
  item?: Connectable;
  /** What is connected; asked for where it is not known yet. */
  end?: LooseEnd;
  /** Offer only what is inside. */
  box?: BoxView;
  /** The edge that is led there; null for a new one. */
  moving?: string | null;
}) {
  const { item, box, moving = null } = props;
  const ui = useUiStore();
  const [only, ...others] = item?.ports ?? [];
  const [end, setEnd] = useState<LooseEnd | null>(
    props.end ?? (only !== undefined && others.length === 0 ? looseEnd(only) : null),
  );
  const close = (): void => ui.setState({ connectFrom: null, connectInto: null, moveLink: null });
  const whose = item === undefined ? '' : ` of “${item.label}”`;
  return (
    <ChoiceDialog
      // The second list is a new one: an empty query, its first entry chosen.
      key={end?.port ?? 'ports'}
      label={end === null ? `Connect “${item?.label ?? ''}”` : `Connect “${end.port}”${whose}`}
      placeholder={
        end === null
          ? `Which port${whose}?`
          : `Connect “${end.port}” ${end.direction === 'output' ? 'to' : 'from'}…`
      }
      onClose={close}
    >
      {end === null ? (
        <PortChoice ports={item?.ports ?? []} onChoose={setEnd} />
      ) : (
        <TargetChoice end={end} box={box} moving={moving} onDone={close} />
      )}
    </ChoiceDialog>
  );
}

function looseEnd({ nodeId, port: { name, direction } }: OwnPort): LooseEnd {
  return { nodeId, port: name, direction };
}

function PortChoice(props: { ports: readonly OwnPort[]; onChoose: (end: LooseEnd) => void }) {
  if (props.ports.length === 0)
    return <Menu.Empty className={menu.empty}>It has no ports.</Menu.Empty>;
  // Nodes of a box may have titles in common; elsewhere an id would only be found by letters that nobody sees.
  const inBox = new Set(props.ports.map(({ nodeId }) => nodeId)).size > 1;
  return (['output', 'input'] as const).map((direction) => {
    const ports = props.ports.filter(({ port }) => port.direction === direction);
    if (ports.length === 0) return null;
    return (
      <Menu.Group
        key={direction}
        heading={direction === 'output' ? 'Outputs' : 'Inputs'}
        className={menu.group}
      >
        {ports.map((own) => (
          <Menu.Item
            key={`${own.nodeId}.${own.port.name}`}
            value={`${direction} ${own.title}${inBox ? ` ${own.nodeId}.${own.port.name}` : ''}`}
            className={menu.item}
            onSelect={() => props.onChoose(looseEnd(own))}
          >
            <PortMark type={own.port.type} filled={own.port.connected} />
            <span className={menu.title}>{own.title}</span>
            <span className={styles.category}>{own.port.shape ?? own.port.type}</span>
          </Menu.Item>
        ))}
      </Menu.Group>
    );
  });
}

function TargetChoice(props: {
  end: LooseEnd;
  box: BoxView | undefined;
  moving: string | null;
  onDone: () => void;
}) {
  const { end, box, moving, onDone } = props;
  const store = useEditorStore();
  const flow = useReactFlow();
  const connector = useConnector();
  const views = useViews();
  const { preview: _preview, ...context } = connector.context(moving);
  const edge = moving === null ? undefined : views.edges.get(moving);
  const inside = box && new Set(box.members.map(({ id }) => id));
  const offered = candidates(context, end)
    .filter(({ verdict }) => verdict.ok || verdict.reason === 'taken')
    .filter(({ end: other }) => inside === undefined || inside.has(other.nodeId))
    // Where it is.
    .filter(({ link: { to } }) => to.nodeId !== edge?.target || to.port !== edge.targetPort)
    // Free ports first.
    .sort((a, b) => Number(b.verdict.ok) - Number(a.verdict.ok));
  // A new node is beside its own end, not inside a box.
  const fresh =
    box === undefined && moving === null
      ? kindEntries(context.registry).filter((entry) => fittingKindPort(context, end, entry))
      : [];
  return (
    <>
      <Menu.Empty className={menu.empty}>No port fits.</Menu.Empty>
      <Menu.Group heading="Ports" className={menu.group}>
        {offered.map(({ end: other, link, verdict }) => {
          const label = views.nodes.get(other.nodeId)?.label ?? other.nodeId;
          return (
            <Menu.Item
              key={`${other.nodeId}.${other.port}`}
              value={`${label} ${other.port} ${other.nodeId}`}
              className={menu.item}
              onSelect={() => {
                onDone();
                connector.attempt(end, link, centreOf(drawnAs(views, other.nodeId)), moving);
              }}
            >
              <span className={menu.title}>
                {label} · {other.port}
              </span>
              {!verdict.ok && <span className={menu.reason}>replaces the link there</span>}
            </Menu.Item>
          );
        })}
      </Menu.Group>
      {fresh.length > 0 && (
        <Menu.Group heading="New nodes" className={menu.group}>
          {fresh.map((entry) => (
            <Menu.Item
              key={entry.id}
              value={`new ${entry.title} ${entry.id}`}
              keywords={[...entry.synonyms]}
              className={menu.item}
              data-category={entry.definition.category}
              onSelect={() => {
                onDone();
                const added = addBeside(store, views, entry, end.nodeId, end);
                if (added !== null) reveal(flow, added);
              }}
            >
              <span className={styles.glyph}>
                <Glyph icon={entry.definition.icon} category={entry.definition.category} />
              </span>
              <span className={menu.title}>New {entry.title}</span>
              <span className={styles.category}>{CATEGORY_TITLES[entry.definition.category]}</span>
            </Menu.Item>
          ))}
        </Menu.Group>
      )}
    </>
  );
}

/** Where a refusal is said: at the node, since there is no pointer. */
function centreOf(itemId: string): { x: number; y: number } {
  const box = document
    .querySelector(`.react-flow__node[data-id="${itemId}"]`)
    ?.getBoundingClientRect();
  return box
    ? { x: box.left + box.width / 2, y: box.top + box.height / 2 }
    : { x: window.innerWidth / 2, y: window.innerHeight / 2 };
}
