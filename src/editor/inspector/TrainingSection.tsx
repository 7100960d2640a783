import { setTraining } from '../../document/commands/settingsCommands';
import type { TrainingSettings } from '../../document/schema';
import { FieldLine } from '../fields/FieldLine';
import { settingFields } from '../parameters/settingFields';
import type { SettingField } from '../parameters/settingFields';
import { useEditor, useEditorStore } from '../store/useEditor';
import { useKeptFlag } from '../ui/useKeptFlag';
import styles from './Inspector.module.css';
import { Section } from './Section';

/** Settings that runs are told apart by; the others are rarely changed, and folded away. */
const COMMON: ReadonlySet<string | undefined> = new Set([
  'learningRate',
  'steps',
  'batchSize',
  'seed',
] satisfies (keyof TrainingSettings)[]);

/** How the document is trained: all settings that its schema has. */
export function TrainingSection() {
  const training = useEditor((state) => state.document.training);
  const [isOpen, setOpen] = useKeptFlag('training.advanced');
  const settings = settingFields(training);
  const rows = (isCommon: boolean) =>
    settings
      .filter(({ path: [name] }) => COMMON.has(name) === isCommon)
      .map((setting) => <SettingRow key={setting.path.join('.')} setting={setting} />);
  return (
    <Section title="Training">
      {rows(true)}
      <details
        className={styles.advanced}
        open={isOpen}
        onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      >
        <summary>Advanced</summary>
        {isOpen && rows(false)}
      </details>
    </Section>
  );
}

function SettingRow({ setting }: { setting: SettingField }) {
  const store = useEditorStore();
  const { path, field, value } = setting;
  const [name = ''] = path;
  return (
    <FieldLine
      id={`training-${path.join('-')}`}
      field={field}
      value={value}
      onChange={(next) => {
        // Fields give null for "nothing" only where that is a value.
        store.edit(setTraining({ [name]: setting.with(next)[name] }));
      }}
    />
  );
}
