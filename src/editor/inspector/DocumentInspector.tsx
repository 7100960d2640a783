import type { ReactNode } from 'react';
import { setDescription, setTitle } from '../../document/commands/settingsCommands';
import { DOCUMENT_LIMITS } from '../../document/schema';
import { FieldRow } from '../fields/FieldRow';
import { TextField } from '../fields/TextField';
import { formatCount, plural } from '../../core/formatNumber';
import { useEditor, useEditorStore } from '../store/useEditor';
import styles from './Inspector.module.css';
import { ModulesSection } from './ModulesSection';
import { Section } from './Section';
import { TrainingSection } from './TrainingSection';

/** Shown while nothing is selected: the document and how it is trained. */
export function DocumentInspector({ about }: { about?: ReactNode }) {
  const store = useEditorStore();
  const title = useEditor((state) => state.document.title);
  const description = useEditor((state) => state.document.description);
  const readOnly = useEditor((state) => state.readOnly);
  const commit = store.endGesture;
  return (
    <>
      <Section title="Document">
        <FieldRow id="document-title" label="Title" stacked>
          <TextField
            id="document-title"
            label="Title"
            value={title}
            longest={DOCUMENT_LIMITS.label}
            disabled={readOnly}
            onChange={(text) => store.edit(setTitle(text))}
            onCommit={commit}
          />
        </FieldRow>
        <FieldRow id="document-description" label="Description" stacked>
          <TextField
            id="document-description"
            label="Description"
            value={description}
            rows={4}
            longest={DOCUMENT_LIMITS.text}
            placeholder="What the graph shows, and what to try."
            disabled={readOnly}
            onChange={(text) => store.edit(setDescription(text))}
            onCommit={commit}
          />
        </FieldRow>
        <Summary />
      </Section>
      {about}
      <TrainingSection />
      <ModulesSection />
    </>
  );
}

function Summary() {
  const nodes = useEditor((state) => state.document.nodes.length);
  const edges = useEditor((state) => state.document.edges.length);
  const weights = useEditor((state) => state.analysis.parameterCount);
  return (
    <p className={styles.summary}>
      {plural(nodes, 'node')} · {plural(edges, 'edge')} · {formatCount(weights)} weights
    </p>
  );
}
