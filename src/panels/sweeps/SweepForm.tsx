import { Grid3x3, Plus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { plural } from '../../core/formatNumber';
import type { SweepAxis } from '../../runs/sweepDefinition';
import { SWEEP_LIMITS } from '../../runs/sweepDefinition';
import { NumberField } from '../../editor/fields/NumberField';
import { SelectField } from '../../editor/fields/SelectField';
import { useEditor, useEditorStore } from '../../editor/store/useEditor';
import { IconButton } from '../../editor/ui/IconButton';
import { readAxisValues } from '../../sweeps/axisValues';
import { blockReason } from '../run/blockReason';
import { Button } from '../ui/Button';
import { firstAxes, sweepables, type Sweepable } from './sweepables';
import styles from './SweepForm.module.css';
import { useSweepsActions } from './useSweeps';

const ORDERS = ['grid', 'random'] as const;
const ORDER_TITLES = { grid: 'Point by point', random: 'In an order of chance' };
/** One for all trials; which is the quickest depends on how many there are at once. */
const ENGINES = ['tfjs', 'webgpu', 'reference'] as const;
const ENGINE_TITLES = {
  tfjs: 'TensorFlow.js, side by side',
  webgpu: 'WebGPU',
  reference: 'Reference',
};

interface AxisDraft {
  readonly id: string;
  readonly text: string;
}

/** What is to be swept over, and how often. */
export function SweepForm() {
  const actions = useSweepsActions();
  const { registry } = useEditorStore();
  const { document, blocked } = useEditor(({ document, analysis }) => ({
    document,
    blocked: blockReason(analysis.diagnostics),
  }));
  const all = useMemo(() => sweepables(document, registry), [document, registry]);
  const [axes, setAxes] = useState<readonly AxisDraft[]>(() => firstAxes(all).map(draftOf));
  const [seeds, setSeeds] = useState(3);
  const [steps, setSteps] = useState(document.training.steps);
  const [order, setOrder] = useState<(typeof ORDERS)[number]>('grid');
  const [engine, setEngine] = useState<(typeof ENGINES)[number]>('tfjs');

  const read = axes.map((draft) => axisOf(draft, all));
  const usable = read.filter((axis) => axis !== null);
  const points = usable.reduce((product, { values }) => product * values.length, 1);
  const trials = points * seeds;
  const reason = reasonAgainst();

  function reasonAgainst(): string | null {
    if (blocked !== null) return blocked;
    if (axes.length === 0) return 'Choose something to sweep over.';
    if (usable.length < axes.length)
      return 'Some values cannot be read: commas part them, so thousands have none.';
    if (new Set(axes.map(({ id }) => id)).size < axes.length) return 'An axis is there twice.';
    return trials > SWEEP_LIMITS.trials ? `At most ${SWEEP_LIMITS.trials} trials.` : null;
  }

  const change = (index: number, axis: AxisDraft): void =>
    setAxes(axes.map((one, place) => (place === index ? axis : one)));
  const start = (): void => {
    if (reason === null) actions.start({ axes: usable, seeds, steps, order, engine });
  };

  return (
    <form
      className={styles.form}
      aria-label="New sweep"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      {axes.map((axis, index) => (
        <div key={index} className={styles.axis}>
          <div className={styles.what}>
            <SelectField
              id={`sweep-axis-${index}`}
              label={index === 0 ? 'Parameter to the right' : 'Parameter upwards'}
              value={axis.id}
              options={all.map(({ id }) => id)}
              titles={Object.fromEntries(all.map(({ id, label }) => [id, label]))}
              onChange={(id) => {
                const sweepable = all.find((one) => one.id === id);
                if (sweepable) change(index, draftOf(sweepable));
              }}
            />
          </div>
          <input
            className={styles.values}
            aria-label={index === 0 ? 'Values to the right' : 'Values upwards'}
            aria-invalid={read[index] === null}
            data-tip={
              'Values: 0, 1, 25\nA range in even steps: 0..50/5\nIn even factors: 0.001..10/5/log'
            }
            value={axis.text}
            spellCheck={false}
            onChange={({ target }) => change(index, { ...axis, text: target.value })}
          />
          <span className={styles.count} data-tip={read[index]?.values.map(String).join(' · ')}>
            {read[index]?.values.length ?? '–'}
          </span>
          <IconButton
            label="Leave this axis out"
            onClick={() => setAxes(axes.filter((_, place) => place !== index))}
          >
            <X size={14} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </div>
      ))}
      {axes.length < 2 && (
        <div>
          <Button
            kind="quiet"
            icon={<Plus size={14} strokeWidth={1.75} aria-hidden />}
            onClick={() => {
              const free = all.find(({ id }) => !axes.some((axis) => axis.id === id));
              if (free) setAxes([...axes, draftOf(free)]);
            }}
          >
            Another axis
          </Button>
        </div>
      )}
      <div className={styles.settings}>
        <Count
          id="sweep-seeds"
          label="Seeds"
          most={SWEEP_LIMITS.seeds}
          value={seeds}
          onChange={setSeeds}
        />
        <Count
          id="sweep-steps"
          label="Steps of each"
          most={1e8}
          value={steps}
          onChange={setSteps}
        />
        <div className={styles.choice}>
          <SelectField
            id="sweep-order"
            label="Order"
            value={order}
            options={ORDERS}
            titles={ORDER_TITLES}
            onChange={(next) => setOrder(next as typeof order)}
          />
        </div>
        <div className={styles.choice}>
          <SelectField
            id="sweep-engine"
            label="Engine of the sweep"
            value={engine}
            options={ENGINES}
            titles={ENGINE_TITLES}
            onChange={(next) => setEngine(next as typeof engine)}
          />
        </div>
      </div>
      <div className={styles.foot}>
        <Button
          type="submit"
          kind="primary"
          icon={<Grid3x3 size={14} strokeWidth={1.75} aria-hidden />}
          disabled={reason !== null}
        >
          Run {plural(trials, 'trial')}
        </Button>
        <Button onClick={() => actions.plan(false)}>Cancel</Button>
        <span className={styles.reason}>{reason}</span>
      </div>
    </form>
  );
}

function draftOf({ id, suggestion }: Sweepable): AxisDraft {
  return { id, text: suggestion };
}

function axisOf({ id, text }: AxisDraft, all: readonly Sweepable[]): SweepAxis | null {
  const sweepable = all.find((one) => one.id === id);
  const values = readAxisValues(text);
  if (sweepable === undefined || values === null) return null;
  const { target, parameter, label } = sweepable;
  return { target, parameter, label: label.slice(0, 200), values: [...values] };
}

interface CountProps {
  readonly id: string;
  readonly label: string;
  readonly most: number;
  readonly value: number;
  onChange(value: number): void;
}

function Count({ id, label, most, value, onChange }: CountProps) {
  return (
    <div className={styles.setting}>
      <label htmlFor={id}>{label}</label>
      <NumberField
        id={id}
        label={label}
        value={value}
        limits={{ min: 1, max: most, openMin: false, openMax: false, integer: true, step: null }}
        onChange={(next) => next !== null && onChange(next)}
        onCommit={() => undefined}
      />
    </div>
  );
}
