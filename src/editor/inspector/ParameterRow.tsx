import type { DocumentNode, ParameterValue } from '../../document/schema';
import { changeParameter } from '../commands/nodeNames';
import { FieldRow } from '../fields/FieldRow';
import { NumberField } from '../fields/NumberField';
import { SelectField } from '../fields/SelectField';
import { SliderField } from '../fields/SliderField';
import { SwitchField } from '../fields/SwitchField';
import { TextField } from '../fields/TextField';
import { WidthsField } from '../fields/WidthsField';
import type { ParameterField } from '../parameters/parameterFields';
import { useEditor, useEditorStore } from '../store/useEditor';

interface ParameterRowProps {
  readonly node: DocumentNode;
  readonly field: ParameterField;
  /** In force: the document's, else the default. */
  readonly value: unknown;
}

/** One parameter of a node. */
export function ParameterRow({ node, field, value }: ParameterRowProps) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const errors = useEditor((state) =>
    state.analysis.diagnostics
      .filter(
        ({ nodeId, path }) =>
          nodeId === node.id &&
          (path === `params.${field.name}` || path?.startsWith(`params.${field.name}.`) === true),
      )
      .map(({ message }) => message),
  );
  const id = `parameter-${field.name}`;
  const { control } = field;
  const change = (next: ParameterValue): void => {
    store.edit(changeParameter(store, node, field.name, next));
  };
  const commit = (): void => store.endGesture();
  const once = (next: ParameterValue): void => {
    change(next);
    commit();
  };
  const differs =
    Object.hasOwn(node.params, field.name) &&
    JSON.stringify(node.params[field.name]) !== JSON.stringify(field.defaultValue);
  const shared = {
    id,
    label: field.label,
    disabled: readOnly,
    describedBy: field.description === null ? undefined : `${id}-help`,
  };

  return (
    <FieldRow
      id={id}
      label={field.label}
      description={field.description}
      unit={field.unit}
      live={field.live}
      stacked={control.kind === 'markdown' || control.kind === 'slider'}
      errors={errors}
      onReset={
        differs && !readOnly
          ? () => {
              store.edit(changeParameter(store, node, field.name, undefined));
              commit();
            }
          : null
      }
    >
      {control.kind === 'slider' && (
        <SliderField
          {...shared}
          control={control}
          value={typeof value === 'number' ? value : control.range[0]}
          onChange={change}
          onCommit={commit}
        />
      )}
      {control.kind === 'number' && (
        <NumberField
          {...shared}
          limits={control.limits}
          nullable={control.nullable}
          placeholder="automatic"
          value={typeof value === 'number' ? value : null}
          onChange={change}
          onCommit={commit}
        />
      )}
      {control.kind === 'select' && (
        <SelectField {...shared} options={control.options} value={String(value)} onChange={once} />
      )}
      {control.kind === 'switch' && (
        <SwitchField {...shared} value={value === true} onChange={once} />
      )}
      {control.kind === 'widths' && (
        <WidthsField
          {...shared}
          control={control}
          value={Array.isArray(value) ? value.filter((one) => typeof one === 'number') : null}
          onChange={change}
          onCommit={commit}
        />
      )}
      {(control.kind === 'text' || control.kind === 'markdown') && (
        <TextField
          {...shared}
          longest={control.longest}
          {...(control.kind === 'markdown' ? { rows: 10, code: true } : {})}
          value={typeof value === 'string' ? value : ''}
          onChange={change}
          onCommit={commit}
        />
      )}
    </FieldRow>
  );
}
