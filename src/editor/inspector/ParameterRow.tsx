import type { DocumentNode, ParameterValue } from '../../document/schema';
import { changeParameter } from '../commands/nodeNames';
import { FieldControl, isStacked } from '../fields/FieldControl';
import { FieldRow } from '../fields/FieldRow';
import type { ParameterField } from '../parameters/parameterFields';
import { useEditor, useEditorStore } from '../store/useEditor';

interface ParameterRowProps {
  readonly node: DocumentNode;
  readonly field: ParameterField;
  /** In force: the document's, else the default. */
  readonly value: unknown;
  /** Of the control, where the node's parameters are shown in a second place. */
  readonly id?: string;
}

/** One parameter of a node. */
export function ParameterRow({
  node,
  field,
  value,
  id = `parameter-${field.name}`,
}: ParameterRowProps) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const isFixed = readOnly && !field.live;
  const errors = useEditor((state) =>
    state.analysis.diagnostics
      .filter(
        ({ nodeId, path }) =>
          nodeId === node.id &&
          (path === `params.${field.name}` || path?.startsWith(`params.${field.name}.`) === true),
      )
      .map(({ message }) => message),
  );
  const change = (next: ParameterValue): void => {
    store.edit(changeParameter(store, node, field.name, next));
  };
  const commit = (): void => store.endGesture();
  const differs =
    Object.hasOwn(node.params, field.name) &&
    JSON.stringify(node.params[field.name]) !== JSON.stringify(field.defaultValue);

  return (
    <FieldRow
      id={id}
      label={field.label}
      description={field.description}
      unit={field.unit}
      live={field.live}
      stacked={isStacked(field)}
      errors={errors}
      onReset={
        differs && !isFixed
          ? () => {
              store.edit(changeParameter(store, node, field.name, undefined));
              commit();
            }
          : null
      }
    >
      <FieldControl
        id={id}
        field={field}
        value={value}
        disabled={isFixed}
        onChange={change}
        onCommit={commit}
      />
    </FieldRow>
  );
}
