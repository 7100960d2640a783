import { setTraining } from '../../document/commands/settingsCommands';
import { FieldControl, isStacked } from '../fields/FieldControl';
import { FieldRow } from '../fields/FieldRow';
import { settingFields } from '../parameters/settingFields';
import type { SettingField } from '../parameters/settingFields';
import { useEditor, useEditorStore } from '../store/useEditor';
import { Section } from './Section';

/** How the document is trained: all settings that its schema has. */
export function TrainingSection() {
  const training = useEditor((state) => state.document.training);
  return (
    <Section title="Training">
      {settingFields(training).map((setting) => (
        <SettingRow key={setting.path.join('.')} setting={setting} />
      ))}
    </Section>
  );
}

function SettingRow({ setting }: { setting: SettingField }) {
  const store = useEditorStore();
  const disabled = useEditor((state) => state.readOnly);
  const { path, field, value } = setting;
  const id = `training-${path.join('-')}`;
  const [name = ''] = path;
  return (
    <FieldRow
      id={id}
      label={field.label}
      description={field.description}
      unit={field.unit}
      live={field.live}
      stacked={isStacked(field)}
    >
      <FieldControl
        id={id}
        field={field}
        value={value}
        disabled={disabled}
        onChange={(next) => {
          // Fields give null for "nothing" only where that is a value.
          store.edit(setTraining({ [name]: setting.with(next)[name] }));
        }}
        onCommit={store.endGesture}
      />
    </FieldRow>
  );
}
