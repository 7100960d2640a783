import { ParameterRow } from '../../editor/inspector/ParameterRow';
import { nodeLabel } from '../../editor/model/documentNode';
import { isShown, parameterFields } from '../../editor/parameters/parameterFields';
import { resolveParameters } from '../../editor/parameters/resolveParameters';
import { useEditor, useEditorStore } from '../../editor/store/useEditor';
import styles from './LandscapeAside.module.css';

/** The β of variables that F is marginalised over: the parameter of the node itself, beside what it does to F. */
export function TemperatureFields({ nodeIds }: { nodeIds: readonly string[] }) {
  const { registry } = useEditorStore();
  const nodes = useEditor(({ document }) =>
    document.nodes.filter(({ id }) => nodeIds.includes(id)),
  );
  return nodes.map((node) => {
    const definition = registry.get(node.kind);
    if (definition === undefined) return null;
    const params = resolveParameters(definition, node.params);
    const field = parameterFields(definition).find(({ name, live }) => name === 'beta' && live);
    if (field === undefined || !isShown(field, params)) return null;
    return (
      <div key={node.id} className={styles.temperature}>
        <ParameterRow
          id={`landscape-beta-${node.id}`}
          node={node}
          field={{ ...field, label: `β of ${nodeLabel(registry, node)}` }}
          value={params[field.name]}
        />
        <p className={styles.note}>F is the marginal at a small β, the minimum at a large one.</p>
      </div>
    );
  });
}
