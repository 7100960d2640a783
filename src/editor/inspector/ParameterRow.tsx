import type { DocumentNode, ParameterValue } from '../../document/schema';
import { changeParameter } from '../commands/nodeNames';
import { FieldLine } from '../fields/FieldLine';
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
  const errors = useEditor((state) =>
    state.analysis.diagnostics
      .filter(
        ({ nodeId, path }) =>
          nodeId === node.id &&
          (path === `params.${field.name}` || path?.startsWith(`params.${field.name}.`) === true),
      )
      .map(({ message }) => message),
  );
  const change = (next: ParameterValue | undefined): void => {
    store.edit(changeParameter(store, node, field.name, next));
  };
  const differs =
    Object.hasOwn(node.params, field.name) &&
    JSON.stringify(node.params[field.name]) !== JSON.stringify(field.defaultValue);
  return (
    <FieldLine
      id={id}
      field={field}
      value={value}
      errors={errors}
      onChange={change}
      onReset={differs ? () => change(undefined) : null}
    />
  );
}
