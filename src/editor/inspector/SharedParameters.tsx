import type { DocumentNode, ParameterValue } from '../../document/schema';
import { TRAINING_PARAMETERS } from '../../graph/trainingParameters';
import { changeParameters } from '../commands/nodeNames';
import { FieldLine } from '../fields/FieldLine';
import { sharedParameters, type SharedParameter } from '../parameters/sharedParameters';
import { useEditor, useEditorStore } from '../store/useEditor';
import styles from './Inspector.module.css';
import { Section } from './Section';

/** The heading of what is not about training. */
const PARAMETERS = 'Parameters of all';

/** What several nodes have in common can be set for all of them at once. */
export function SharedParameters({ nodes }: { nodes: readonly DocumentNode[] }) {
  const { registry } = useEditorStore();
  // How weights are trained that are another module's is for that one to say.
  const usesOthers = useEditor(({ analysis }) =>
    nodes.some(({ id }) => (analysis.owners.get(id) ?? id) !== id),
  );
  const shared = sharedParameters(registry, nodes).filter(
    ({ field }) => !(usesOthers && field.name in TRAINING_PARAMETERS),
  );
  if (shared.length === 0) {
    return (
      <Section title={PARAMETERS}>
        <p className={styles.help}>These nodes have no parameter in common.</p>
      </Section>
    );
  }
  const headings = [...new Set(shared.map(({ field }) => field.heading ?? PARAMETERS))];
  return headings.map((heading) => (
    <Section key={heading} title={heading}>
      {shared
        .filter(({ field }) => (field.heading ?? PARAMETERS) === heading)
        .map((one) => (
          <SharedRow key={one.field.name} nodes={nodes} shared={one} />
        ))}
    </Section>
  ));
}

function SharedRow(props: { nodes: readonly DocumentNode[]; shared: SharedParameter }) {
  const { nodes, shared } = props;
  const { field, value, mixed, differs } = shared;
  const store = useEditorStore();
  const change = (next: ParameterValue | undefined): void => {
    store.edit(changeParameters(store, nodes, field.name, next));
  };
  return (
    <FieldLine
      id={`parameter-${field.name}`}
      field={field}
      value={value}
      mixed={mixed}
      onChange={change}
      onReset={differs ? () => change(undefined) : null}
    />
  );
}
