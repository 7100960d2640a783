import { PortMark } from '../canvas/node/PortMark';
import type { NodeView, PortView } from '../model/nodeView';
import { selectionOf } from '../store/selection';
import { useEditor, useEditorStore } from '../store/useEditor';
import { useViews } from '../store/ViewsContext';
import styles from './Inspector.module.css';
import { Section } from './Section';

/** The ports of a node with their types and what they are connected to. */
export function PortList({ view }: { view: NodeView }) {
  if (view.ports.length === 0) return null;
  return (
    <Section title="Ports">
      <ul className={styles.ports}>
        {view.ports.map((port) => (
          <PortRow key={`${port.direction}${port.name}`} nodeId={view.id} port={port} />
        ))}
      </ul>
    </Section>
  );
}

function PortRow({ nodeId, port }: { nodeId: string; port: PortView }) {
  const store = useEditorStore();
  const views = useViews();
  const isInput = port.direction === 'input';
  const neighbours = useEditor((state) =>
    state.document.edges
      .filter((edge) =>
        isInput
          ? edge.target === nodeId && edge.targetPort === port.name
          : edge.source === nodeId && edge.sourcePort === port.name,
      )
      .map((edge) => (isInput ? edge.source : edge.target)),
  );
  const open = isInput && neighbours.length === 0;
  return (
    <li className={styles.port}>
      <span className={styles.portMark} data-tip={isInput ? 'Input' : 'Output'}>
        <PortMark type={port.type} filled={port.connected} />
      </span>
      <span className={styles.portName} data-tip={port.help}>
        <span className={styles.direction} aria-hidden>
          {isInput ? '→' : ''}
        </span>
        {port.name}
        <span className={styles.direction} aria-hidden>
          {isInput ? '' : '→'}
        </span>
      </span>
      <span className={styles.portShape}>{port.shape ?? port.type}</span>
      <span className={styles.neighbours}>
        {open && (port.optional ? 'optional' : 'not connected')}
        {neighbours.map((id, index) => (
          <button
            key={`${id}${index}`}
            type="button"
            className={styles.neighbour}
            onClick={() => store.select(selectionOf({ nodes: [id] }))}
          >
            {views.nodes.get(id)?.label ?? id}
          </button>
        ))}
      </span>
    </li>
  );
}
