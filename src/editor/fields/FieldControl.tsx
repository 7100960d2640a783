import type { ParameterValue } from '../../document/schema';
import type { ParameterField } from '../parameters/parameterFields';
import { NumberField } from './NumberField';
import { SelectField } from './SelectField';
import { SliderField } from './SliderField';
import { SwitchField } from './SwitchField';
import { TextField } from './TextField';
import { WidthsField } from './WidthsField';

interface FieldControlProps {
  readonly id: string;
  readonly field: ParameterField;
  readonly value: unknown;
  /** Of several nodes that differ: the value is null, and the control says so. */
  readonly mixed?: boolean;
  readonly disabled: boolean;
  onChange(value: ParameterValue): void;
  /** The end of a gesture. */
  onCommit(): void;
}

/** What a control says that stands for several values. */
const MIXED = 'mixed';

/** The control that a field asks for. */
export function FieldControl({
  id,
  field,
  value,
  mixed = false,
  disabled,
  onChange,
  onCommit,
}: FieldControlProps) {
  const { control, label, description } = field;
  const describedBy = description === null ? {} : { describedBy: `${id}-help` };
  const unlike = mixed ? { placeholder: MIXED } : {};
  const shared = { id, label, disabled, ...describedBy };
  const typed = { ...shared, onChange, onCommit };
  const once = (next: ParameterValue): void => {
    onChange(next);
    onCommit();
  };
  switch (control.kind) {
    case 'slider': {
      const number = typeof value === 'number' ? value : mixed ? null : control.range[0];
      return <SliderField {...typed} {...unlike} control={control} value={number} />;
    }
    case 'number':
      return (
        <NumberField
          {...typed}
          limits={control.limits}
          nullable={control.nullable}
          placeholder={mixed ? MIXED : control.empty}
          value={typeof value === 'number' ? value : null}
        />
      );
    case 'select': {
      const titles = control.titles === undefined ? {} : { titles: control.titles };
      const options = { options: control.options, ...titles };
      const option = mixed ? '' : String(value);
      return <SelectField {...shared} {...options} {...unlike} value={option} onChange={once} />;
    }
    case 'switch':
      return <SwitchField {...shared} value={value === true} mixed={mixed} onChange={once} />;
    case 'widths': {
      const widths = Array.isArray(value) ? value.filter((one) => typeof one === 'number') : null;
      return <WidthsField {...typed} {...unlike} control={control} value={widths} />;
    }
    case 'text':
    case 'markdown': {
      const text = typeof value === 'string' ? value : '';
      const lines = control.kind === 'markdown' ? { rows: 10, code: true } : {};
      return <TextField {...typed} {...lines} {...unlike} longest={control.longest} value={text} />;
    }
  }
}

/** Controls that want the width have their label above. */
export function isStacked({ control }: ParameterField): boolean {
  return control.kind === 'markdown' || control.kind === 'slider';
}
