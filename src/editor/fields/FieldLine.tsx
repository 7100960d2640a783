import type { ParameterValue } from '../../document/schema';
import type { ParameterField } from '../parameters/parameterFields';
import { useEditor, useEditorStore } from '../store/useEditor';
import { FieldControl, isStacked } from './FieldControl';
import { FieldRow } from './FieldRow';

interface FieldLineProps {
  readonly id: string;
  readonly field: ParameterField;
  readonly value: unknown;
  /** Of several nodes that differ. */
  readonly mixed?: boolean;
  /** Faults that the analysis found in the value. */
  readonly errors?: readonly string[];
  onChange(value: ParameterValue): void;
  /** Back to the default; null where that is what it is. */
  readonly onReset?: (() => void) | null;
}

/** A parameter or setting with its label and control. Where nothing may be drawn, live values are still moved. */
export function FieldLine(props: FieldLineProps) {
  const { id, field, value, mixed, errors, onChange, onReset = null } = props;
  const store = useEditorStore();
  const isFixed = useEditor(({ readOnly }) => readOnly) && !field.live;
  const reset = onReset && {
    onReset() {
      onReset();
      store.endGesture();
    },
  };
  return (
    <FieldRow
      id={id}
      label={field.label}
      description={field.description}
      unit={field.unit}
      live={field.live}
      stacked={isStacked(field)}
      errors={errors}
      {...(isFixed ? null : reset)}
    >
      <FieldControl
        id={id}
        field={field}
        value={value}
        mixed={mixed}
        disabled={isFixed}
        onChange={onChange}
        onCommit={store.endGesture}
      />
    </FieldRow>
  );
}
