import { Cable, Slash, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { setLabel } from '../../document/commands/nodeCommands';
import { DOCUMENT_LIMITS } from '../../document/schema';
import type { DocumentNode } from '../../document/schema';
import { TRAINING_PARAMETERS } from '../../graph/trainingParameters';
import { Glyph } from '../canvas/node/glyphs';
import { bypassSelection } from '../commands/arrange';
import { deleteSelection } from '../commands/clipboard';
import { TextField } from '../fields/TextField';
import type { BoxView } from '../model/boxView';
import { documentPorts, kindTitle } from '../model/documentNode';
import { DrawingSection } from '../drawing/DrawingSection';
import { drawnParameter } from '../drawing/drawnParameter';
import { OwnDataSection } from '../ownData/OwnDataSection';
import { isShown, parameterFields } from '../parameters/parameterFields';
import { resolveParameters } from '../parameters/resolveParameters';
import { selectionOf } from '../store/selection';
import { useEditor, useEditorStore } from '../store/useEditor';
import { useUiStore } from '../store/uiStore';
import { useViews } from '../store/ViewsContext';
import { IconButton } from '../ui/IconButton';
import { DiagnosticList } from './DiagnosticList';
import styles from './Inspector.module.css';
import { LargePicture } from './LargePicture';
import { NodeHelp } from './NodeHelp';
import { ParameterRow } from './ParameterRow';
import { PortList } from './PortList';
import { Section } from './Section';
import { DuplicateButton } from './SelectionButtons';

/** The heading of a node's own parameters. */
const PARAMETERS = 'Parameters';

interface NodeInspectorProps {
  readonly node: DocumentNode;
  /** What the app knows of the selection: verdicts and their evidence. */
  readonly extra?: ReactNode;
}

export function NodeInspector({ node, extra }: NodeInspectorProps) {
  const store = useEditorStore();
  const views = useViews();
  const view = views.nodes.get(node.id);
  const box = views.boxes.get(views.hidden.get(node.id) ?? '');
  // How weights are trained that are another module's is for that one to say.
  const usesOthers = useEditor(
    ({ analysis }) => (analysis.owners.get(node.id) ?? node.id) !== node.id,
  );
  const definition = store.registry.get(node.kind);
  const params = definition ? resolveParameters(definition, node.params) : {};
  const fields = definition
    ? parameterFields(definition).filter(
        (field) => isShown(field, params) && !(field.name in TRAINING_PARAMETERS && usesOthers),
      )
    : [];
  const drawing = definition && drawnParameter(definition, params);
  const headings = [...new Set(fields.map(({ heading }) => heading ?? PARAMETERS))];
  return (
    <>
      <NodeHead node={node} />
      {box && <InsideBox box={box} />}
      {view && view.remarks.length > 0 && (
        <Section>
          <DiagnosticList findings={view.remarks} />
        </Section>
      )}
      {extra}
      {drawing && <DrawingSection key={node.id} node={node} what={drawing} />}
      {definition?.ownData && <OwnDataSection node={node} definition={definition} />}
      {view?.picture && (
        <Section title="Picture">
          <LargePicture view={view} picture={view.picture} />
        </Section>
      )}
      {headings.map((heading) => (
        <Section key={heading} title={heading}>
          {fields
            .filter((field) => (field.heading ?? PARAMETERS) === heading)
            .map((field) => (
              <ParameterRow key={field.name} node={node} field={field} value={params[field.name]} />
            ))}
        </Section>
      ))}
      {definition?.category === 'data' && !definition.ownData && !drawing && (
        <OwnDataSection node={node} definition={definition} />
      )}
      {view && <PortList view={view} />}
      {definition && <NodeHelp definition={definition} />}
    </>
  );
}

/** Where the node is, since the canvas does not show it. */
function InsideBox({ box }: { box: BoxView }) {
  const store = useEditorStore();
  return (
    <Section>
      <p className={styles.help}>
        In the collapsed group{' '}
        <button
          type="button"
          className={styles.neighbour}
          onClick={() => store.select(selectionOf({ groups: [box.id] }))}
        >
          {box.label}
        </button>
      </p>
    </Section>
  );
}

function NodeHead({ node }: { node: DocumentNode }) {
  const store = useEditorStore();
  const ui = useUiStore();
  const readOnly = useEditor((state) => state.readOnly);
  const definition = store.registry.get(node.kind);
  const title = definition ? kindTitle(definition, node.params) : node.kind;
  const { inputs, outputs } = documentPorts(store.registry, node);
  const hasPorts = inputs.length + outputs.length > 0;
  return (
    <header className={styles.head} data-category={definition?.category}>
      <div className={styles.kind}>
        <span className={styles.glyph}>
          <Glyph icon={definition?.icon} category={definition?.category ?? 'op'} />
        </span>
        <span className={styles.kindTitle}>{title}</span>
        {!readOnly && (
          <span className={styles.actions}>
            {hasPorts && (
              <IconButton
                label="Connect…"
                keys="C"
                onClick={() => ui.setState({ connectFrom: node.id })}
              >
                <Cable size={14} aria-hidden />
              </IconButton>
            )}
            {hasPorts && (
              <IconButton
                label={node.bypassed ? 'Take part again' : 'Bypass'}
                keys="Ctrl B"
                pressed={node.bypassed === true}
                onClick={() => bypassSelection(store)}
              >
                <Slash size={14} aria-hidden />
              </IconButton>
            )}
            <DuplicateButton />
            <IconButton label="Delete" keys="Delete" onClick={() => deleteSelection(store)}>
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </span>
        )}
      </div>
      <TextField
        id="node-label"
        label="Label"
        value={node.label}
        placeholder={title}
        longest={DOCUMENT_LIMITS.label}
        disabled={readOnly}
        onChange={(label) => store.edit(setLabel(node.id, label))}
        onCommit={store.endGesture}
      />
    </header>
  );
}
