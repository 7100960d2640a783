import { Trash2 } from 'lucide-react';
import { PortMark } from '../canvas/node/PortMark';
import { deleteSelection } from '../commands/clipboard';
import type { EdgeView } from '../model/nodeView';
import { selectionOf } from '../store/selection';
import { useEditor, useEditorStore } from '../store/useEditor';
import { useViews } from '../store/ViewsContext';
import { IconButton } from '../ui/IconButton';
import { DiagnosticList } from './DiagnosticList';
import styles from './Inspector.module.css';
import { Section } from './Section';

export function EdgeInspector({ edge }: { edge: EdgeView }) {
  const store = useEditorStore();
  const views = useViews();
  const readOnly = useEditor((state) => state.readOnly);
  const end = (nodeId: string, port: string) => (
    <>
      <span>{port}</span> of{' '}
      <button
        type="button"
        className={styles.neighbour}
        onClick={() => store.select(selectionOf({ nodes: [nodeId] }))}
      >
        {views.nodes.get(nodeId)?.label ?? nodeId}
      </button>
    </>
  );
  return (
    <>
      <header className={styles.head}>
        <div className={styles.kind}>
          <PortMark type={edge.type} filled />
          <span className={styles.kindTitle}>
            Edge<span className={styles.category}> · {edge.shape ?? edge.type}</span>
          </span>
          {!readOnly && (
            <span className={styles.actions}>
              <IconButton label="Delete" keys="Delete" onClick={() => deleteSelection(store)}>
                <Trash2 size={14} aria-hidden />
              </IconButton>
            </span>
          )}
        </div>
      </header>
      {edge.remark && (
        <Section>
          <DiagnosticList findings={[edge.remark]} />
        </Section>
      )}
      <Section>
        <p className={styles.help}>From {end(edge.source, edge.sourcePort)}</p>
        <p className={styles.help}>to {end(edge.target, edge.targetPort)}</p>
      </Section>
    </>
  );
}
