import { useMemo, useState } from 'react';
import { NumberField } from '../fields/NumberField';
import { selectionOf } from '../store/selection';
import {
  levels,
  moduleRows,
  setModuleTraining,
  trainByLevels,
  trainTogether,
  type ModuleRow,
  type TrainingParameter,
} from '../model/moduleRows';
import { labelled } from '../parameters/parameterFields';
import { parameterMeta } from '../../graph/parameterMeta';
import { TRAINING_PARAMETERS } from '../../graph/trainingParameters';
import { useEditor, useEditorStore } from '../store/useEditor';
import styles from './ModulesSection.module.css';
import { Section } from './Section';
import { useShortened } from './useShortened';

/** More are listed when they are asked for. */
const FIRST = 60;

const COLUMNS = [
  { name: 'rate', head: 'Rate ×', empty: '…', nullable: false },
  { name: 'trainFrom', head: 'From', empty: '…', nullable: false },
  { name: 'trainUntil', head: 'Until', empty: 'end', nullable: true },
] as const satisfies readonly {
  name: TrainingParameter;
  head: string;
  empty: string;
  nullable: boolean;
}[];

const STEPS = { min: 0, max: 1e8, openMin: false, openMax: false, integer: true, step: null };
const LIMITS = {
  rate: { min: 0, max: 10, openMin: false, openMax: false, integer: false, step: 0.1 },
  trainFrom: STEPS,
  trainUntil: STEPS,
} as const;

/** How fast each module is trained and in which steps, all in one place; a group stands for the modules inside. */
export function ModulesSection() {
  const store = useEditorStore();
  const { registry } = store;
  const document = useEditor((state) => state.document);
  const analysis = useEditor((state) => state.analysis);
  const readOnly = useEditor((state) => state.readOnly);
  const rows = useMemo(
    () => moduleRows(document, analysis, registry),
    [document, analysis, registry],
  );
  const { listed, showAll } = useShortened(rows, FIRST);
  if (rows.length === 0) return null;
  const isPlain = rows.every(
    ({ training: { rate, trainFrom, trainUntil } }) =>
      rate === 1 && trainFrom === 0 && trainUntil === null,
  );
  return (
    <Section title="Modules">
      <table className={styles.modules}>
        <thead>
          <tr>
            <th scope="col">Trained</th>
            {COLUMNS.map(({ name, head }) => (
              <th key={name} scope="col" data-tip={helpOf(name)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {listed.map((row) => (
            <ModuleLine key={`${row.kind} ${row.id}`} row={row} disabled={readOnly} />
          ))}
        </tbody>
      </table>
      {showAll}
      {!readOnly && (
        <div className={styles.presets}>
          <ByLevels rows={rows} />
          {!isPlain && (
            <button
              type="button"
              className={styles.preset}
              data-tip="Every module at the learning rate, in every step"
              onClick={() => store.edit(trainTogether(rows))}
            >
              All together
            </button>
          )}
        </div>
      )}
    </Section>
  );
}

function ModuleLine({ row, disabled }: { row: ModuleRow; disabled: boolean }) {
  const store = useEditorStore();
  const { id, kind, label, training } = row;
  const selection = kind === 'group' ? { groups: [id] } : { nodes: [id] };
  return (
    <tr data-kind={kind}>
      <th scope="row">
        <button
          type="button"
          className={styles.name}
          data-tip={label}
          onClick={() => store.select(selectionOf(selection))}
        >
          {label}
        </button>
      </th>
      {COLUMNS.map(({ name, head, empty, nullable }) => {
        const value = training[name];
        return (
          <td key={name}>
            <NumberField
              id={`modules-${kind}-${id}-${name}`}
              label={`${head} of ${label}`}
              value={value ?? null}
              limits={LIMITS[name]}
              nullable={nullable || value === undefined}
              placeholder={value === undefined ? '…' : empty}
              disabled={disabled}
              onChange={(next) => {
                if (next === null && !nullable) return;
                store.edit(setModuleTraining(store.registry, row, name, next));
              }}
              onCommit={store.endGesture}
            />
          </td>
        );
      })}
    </tr>
  );
}

/** Groups one after the other, each for as many steps. */
function ByLevels({ rows }: { rows: readonly ModuleRow[] }) {
  const store = useEditorStore();
  const analysis = useEditor((state) => state.analysis);
  const total = useEditor((state) => state.document.training.steps);
  const [chosen, setChosen] = useState<number | null>(null);
  const ordered = useMemo(() => levels(rows, analysis), [rows, analysis]);
  if (ordered.length < 2) return null;
  const steps = chosen ?? Math.max(1, Math.round(total / ordered.length));
  return (
    <div className={styles.levels}>
      <button
        type="button"
        className={styles.preset}
        data-tip={`${ordered.map(({ label }) => label).join(', then ')}: each is frozen once the next is trained`}
        onClick={() => store.edit(trainByLevels(store.registry, ordered, steps))}
      >
        Level by level
      </button>
      <label className={styles.until} htmlFor="modules-steps">
        each
      </label>
      <NumberField
        id="modules-steps"
        label="Steps of each level"
        narrow
        value={steps}
        limits={{ ...STEPS, min: 1 }}
        onChange={setChosen}
        onCommit={() => undefined}
      />
      <span className={styles.until}>steps</span>
    </div>
  );
}

function helpOf(name: TrainingParameter): string | undefined {
  return labelled(name, parameterMeta(TRAINING_PARAMETERS[name])).description ?? undefined;
}
