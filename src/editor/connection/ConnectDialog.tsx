import { Command as Menu } from 'cmdk';
import { useState } from 'react';
import { PortMark } from '../canvas/node/PortMark';
import type { NodeView, PortView } from '../model/nodeView';
import styles from '../search/SearchPalette.module.css';
import menu from '../shortcuts/CommandMenu.module.css';
import { useUi, useUiStore } from '../store/uiStore';
import type { LooseEnd } from '../store/uiStore';
import { useViews } from '../store/ViewsContext';
import { candidates } from './candidates';
import { useConnector } from './useConnect';

/** Connecting by keyboard: a port of the node first, then one of the ports that it fits. */
export function ConnectDialog() {
  const nodeId = useUi((state) => state.connectFrom);
  const view = useViews().nodes.get(nodeId ?? '');
  return view === undefined ? null : <OpenDialog key={view.id} view={view} />;
}

function OpenDialog({ view }: { view: NodeView }) {
  const ui = useUiStore();
  const [only] = view.ports;
  const [end, setEnd] = useState<LooseEnd | null>(
    only !== undefined && view.ports.length === 1 ? looseEnd(view.id, only) : null,
  );
  const close = (): void => ui.setState({ connectFrom: null });
  return (
    <Menu.Dialog
      // The second list is a new one: an empty query, its first entry chosen.
      key={end?.port ?? 'ports'}
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      label={end === null ? `Connect “${view.label}”` : `Connect “${end.port}” of “${view.label}”`}
      overlayClassName={menu.overlay}
      contentClassName={menu.dialog}
      loop
    >
      <Menu.Input
        autoFocus
        className={menu.input}
        placeholder={
          end === null
            ? `Which port of “${view.label}”?`
            : `Connect “${end.port}” ${end.direction === 'output' ? 'to' : 'from'}…`
        }
      />
      <Menu.List className={menu.list}>
        {end === null ? (
          <PortChoice view={view} onChoose={setEnd} />
        ) : (
          <TargetChoice end={end} onDone={close} />
        )}
      </Menu.List>
    </Menu.Dialog>
  );
}

function looseEnd(nodeId: string, { name, direction }: PortView): LooseEnd {
  return { nodeId, port: name, direction };
}

function PortChoice({ view, onChoose }: { view: NodeView; onChoose: (end: LooseEnd) => void }) {
  if (view.ports.length === 0)
    return <Menu.Empty className={menu.empty}>It has no ports.</Menu.Empty>;
  return (['output', 'input'] as const).map((direction) => {
    const ports = view.ports.filter((port) => port.direction === direction);
    if (ports.length === 0) return null;
    return (
      <Menu.Group
        key={direction}
        heading={direction === 'output' ? 'Outputs' : 'Inputs'}
        className={menu.group}
      >
        {ports.map((port) => (
          <Menu.Item
            key={port.name}
            value={`${direction} ${port.name}`}
            className={menu.item}
            onSelect={() => onChoose(looseEnd(view.id, port))}
          >
            <PortMark type={port.type} filled={port.connected} />
            <span className={menu.title}>{port.name}</span>
            <span className={styles.category}>{port.shape ?? port.type}</span>
          </Menu.Item>
        ))}
      </Menu.Group>
    );
  });
}

function TargetChoice({ end, onDone }: { end: LooseEnd; onDone: () => void }) {
  const connector = useConnector();
  const views = useViews();
  const { preview: _preview, ...context } = connector.context();
  const offered = candidates(context, end)
    .filter(({ verdict }) => verdict.ok || verdict.reason === 'taken')
    // Free ports first.
    .sort((a, b) => Number(b.verdict.ok) - Number(a.verdict.ok));
  return (
    <>
      <Menu.Empty className={menu.empty}>No port fits.</Menu.Empty>
      {offered.map(({ end: other, link, verdict }) => {
        const label = views.nodes.get(other.nodeId)?.label ?? other.nodeId;
        return (
          <Menu.Item
            key={`${other.nodeId}.${other.port}`}
            value={`${label} ${other.port} ${other.nodeId}`}
            className={menu.item}
            onSelect={() => {
              onDone();
              connector.attempt(end, link, centreOf(other.nodeId));
            }}
          >
            <span className={menu.title}>
              {label} · {other.port}
            </span>
            {!verdict.ok && <span className={menu.reason}>connected already</span>}
          </Menu.Item>
        );
      })}
    </>
  );
}

/** Where a refusal is said: at the node, since there is no pointer. */
function centreOf(nodeId: string): { x: number; y: number } {
  const box = document
    .querySelector(`.react-flow__node[data-id="${nodeId}"]`)
    ?.getBoundingClientRect();
  return box
    ? { x: box.left + box.width / 2, y: box.top + box.height / 2 }
    : { x: window.innerWidth / 2, y: window.innerHeight / 2 };
}
