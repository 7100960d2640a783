import { setDescription, setTitle, setTraining } from '../../document/commands/settingsCommands';
import { DOCUMENT_LIMITS } from '../../document/schema';
import type { TrainingSettings } from '../../document/schema';
import { FieldRow } from '../fields/FieldRow';
import { NumberField } from '../fields/NumberField';
import { SelectField } from '../fields/SelectField';
import { SliderField } from '../fields/SliderField';
import { SwitchField } from '../fields/SwitchField';
import { TextField } from '../fields/TextField';
import { formatCount, plural } from '../../core/formatNumber';
import type { Control, NumberLimits } from '../parameters/parameterFields';
import { useEditor, useEditorStore } from '../store/useEditor';
import { changeOptimizer } from './optimizers';
import styles from './Inspector.module.css';
import { Section } from './Section';

function whole(min: number, max: number): NumberLimits {
  return { min, max, openMin: false, openMax: false, integer: true, step: null };
}

function real(min: number, max: number, open: { min?: boolean; max?: boolean } = {}): NumberLimits {
  return {
    min,
    max,
    openMin: open.min === true,
    openMax: open.max === true,
    integer: false,
    step: null,
  };
}

const RATE: Extract<Control, { kind: 'slider' }> = {
  kind: 'slider',
  limits: real(0, 1e3),
  range: [1e-5, 1],
  scale: 'log',
};

/** Shown while nothing is selected: the document and how it is trained. */
export function DocumentInspector() {
  const store = useEditorStore();
  const title = useEditor((state) => state.document.title);
  const description = useEditor((state) => state.document.description);
  const readOnly = useEditor((state) => state.readOnly);
  const commit = store.endGesture;
  return (
    <>
      <Section title="Document">
        <FieldRow id="document-title" label="Title" stacked>
          <TextField
            id="document-title"
            label="Title"
            value={title}
            longest={DOCUMENT_LIMITS.label}
            disabled={readOnly}
            onChange={(text) => store.edit(setTitle(text))}
            onCommit={commit}
          />
        </FieldRow>
        <FieldRow id="document-description" label="Description" stacked>
          <TextField
            id="document-description"
            label="Description"
            value={description}
            rows={4}
            longest={DOCUMENT_LIMITS.text}
            placeholder="What the graph shows, and what to try."
            disabled={readOnly}
            onChange={(text) => store.edit(setDescription(text))}
            onCommit={commit}
          />
        </FieldRow>
        <Summary />
      </Section>
      <TrainingSection />
    </>
  );
}

function Summary() {
  const nodes = useEditor((state) => state.document.nodes.length);
  const edges = useEditor((state) => state.document.edges.length);
  const weights = useEditor((state) => state.analysis.parameterCount);
  return (
    <p className={styles.summary}>
      {plural(nodes, 'node')} · {plural(edges, 'edge')} · {formatCount(weights)} weights
    </p>
  );
}

function TrainingSection() {
  const store = useEditorStore();
  const training = useEditor((state) => state.document.training);
  const disabled = useEditor((state) => state.readOnly);
  const commit = store.endGesture;
  const change = (settings: Partial<TrainingSettings>): void => {
    store.edit(setTraining(settings));
  };
  const number = (
    name: 'seed' | 'batchSize' | 'steps' | 'evaluateEvery',
    label: string,
    limits: NumberLimits,
    help: string,
  ) => (
    <FieldRow id={`training-${name}`} label={label} description={help}>
      <NumberField
        id={`training-${name}`}
        label={label}
        limits={limits}
        value={training[name]}
        disabled={disabled}
        describedBy={`training-${name}-help`}
        onChange={(value) => {
          if (value !== null) change({ [name]: value });
        }}
        onCommit={commit}
      />
    </FieldRow>
  );
  return (
    <Section title="Training">
      <FieldRow id="training-learningRate" label="Learning rate" live stacked>
        <SliderField
          id="training-learningRate"
          label="Learning rate"
          control={RATE}
          value={training.learningRate}
          disabled={disabled}
          onChange={(learningRate) => change({ learningRate })}
          onCommit={commit}
        />
      </FieldRow>
      {number('steps', 'Steps', whole(1, 1e8), 'Steps of one run. Schedules end there.')}
      {number('batchSize', 'Batch size', whole(1, 65_536), 'Rows of the data in one step.')}
      {number(
        'seed',
        'Seed',
        whole(0, Number.MAX_SAFE_INTEGER),
        'The same document, seed and data give the same run.',
      )}
      <OptimizerFields />
      <ScheduleFields />
      <FieldRow
        id="training-clip"
        label="Clip gradient"
        description="Largest global norm of the gradient. Off leaves it as it is."
      >
        <div className={styles.optional}>
          <SwitchField
            id="training-clip"
            label="Clip gradient"
            value={training.clipNorm !== null}
            disabled={disabled}
            onChange={(on) => {
              change({ clipNorm: on ? 1 : null });
              commit();
            }}
          />
          {training.clipNorm !== null && (
            <NumberField
              id="training-clipNorm"
              label="Largest gradient norm"
              narrow
              limits={real(0, 1e9, { min: true })}
              value={training.clipNorm}
              disabled={disabled}
              onChange={(clipNorm) => change({ clipNorm })}
              onCommit={commit}
            />
          )}
        </div>
      </FieldRow>
      {number(
        'evaluateEvery',
        'Evaluate every',
        whole(1, 1e7),
        'Steps from one evaluation on held-out data to the next.',
      )}
    </Section>
  );
}

const OPTIMIZER_FIELDS = {
  momentum: ['Momentum', real(0, 1, { max: true })],
  beta1: ['β₁', real(0, 1, { max: true })],
  beta2: ['β₂', real(0, 1, { max: true })],
  epsilon: ['ε', real(0, 1, { min: true })],
  weightDecay: ['Weight decay', real(0, 10)],
} as const;

function OptimizerFields() {
  const store = useEditorStore();
  const optimizer = useEditor((state) => state.document.training.optimizer);
  const disabled = useEditor((state) => state.readOnly);
  const numbers = Object.entries(optimizer).filter(([, value]) => typeof value === 'number');
  return (
    <>
      <FieldRow id="training-optimizer" label="Optimizer">
        <SelectField
          id="training-optimizer"
          label="Optimizer"
          options={['sgd', 'adam', 'adamw']}
          titles={{ sgd: 'SGD', adam: 'Adam', adamw: 'AdamW' }}
          value={optimizer.kind}
          disabled={disabled}
          onChange={(kind) => {
            store.edit(setTraining({ optimizer: changeOptimizer(optimizer, kind) }));
            store.endGesture();
          }}
        />
      </FieldRow>
      {numbers.map(([name, value]) => {
        const [label, limits] = OPTIMIZER_FIELDS[name as keyof typeof OPTIMIZER_FIELDS];
        return (
          <FieldRow key={name} id={`optimizer-${name}`} label={label}>
            <NumberField
              id={`optimizer-${name}`}
              label={label}
              limits={limits}
              value={value as number}
              disabled={disabled}
              onChange={(next) => {
                if (next !== null)
                  store.edit(setTraining({ optimizer: { ...optimizer, [name]: next } }));
              }}
              onCommit={store.endGesture}
            />
          </FieldRow>
        );
      })}
    </>
  );
}

function ScheduleFields() {
  const store = useEditorStore();
  const schedule = useEditor((state) => state.document.training.schedule);
  const disabled = useEditor((state) => state.readOnly);
  const change = (settings: Partial<typeof schedule>): void => {
    store.edit(setTraining({ schedule: { ...schedule, ...settings } }));
  };
  return (
    <>
      <FieldRow id="schedule-kind" label="Schedule">
        <SelectField
          id="schedule-kind"
          label="Schedule"
          options={['constant', 'cosine']}
          value={schedule.kind}
          disabled={disabled}
          onChange={(kind) => {
            change({ kind: kind === 'cosine' ? 'cosine' : 'constant' });
            store.endGesture();
          }}
        />
      </FieldRow>
      <FieldRow
        id="schedule-warmup"
        label="Warm-up"
        unit="steps"
        description="Steps in which the rate rises from 0 in a line."
      >
        <NumberField
          id="schedule-warmup"
          label="Warm-up steps"
          limits={whole(0, 1e7)}
          value={schedule.warmupSteps}
          disabled={disabled}
          onChange={(warmupSteps) => {
            if (warmupSteps !== null) change({ warmupSteps });
          }}
          onCommit={store.endGesture}
        />
      </FieldRow>
      {schedule.kind === 'cosine' && (
        <FieldRow
          id="schedule-final"
          label="Final fraction"
          description="What is left of the rate at the end."
        >
          <NumberField
            id="schedule-final"
            label="Final fraction of the rate"
            limits={real(0, 1)}
            value={schedule.finalFraction}
            disabled={disabled}
            onChange={(finalFraction) => {
              if (finalFraction !== null) change({ finalFraction });
            }}
            onCommit={store.endGesture}
          />
        </FieldRow>
      )}
    </>
  );
}
