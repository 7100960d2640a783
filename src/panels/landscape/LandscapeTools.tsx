import { Download, Image } from 'lucide-react';
import { formatWhole } from '../../core/formatNumber';
import { SelectField } from '../../editor/fields/SelectField';
import { IconButton } from '../../editor/ui/IconButton';
import type { LandscapeLook, LandscapeVariable } from './landscapeStore';
import styles from './LandscapeTools.module.css';
import { useLandscape, useLandscapeActions } from './useLandscape';
import { SCALE_CHOICES, type ScaleChoice } from './valueScale';

interface LandscapeToolsProps {
  readonly variable: LandscapeVariable;
  readonly variables: readonly LandscapeVariable[];
  /** The graph is another one by now. */
  readonly stale: boolean;
  /** Of the weights; null for the initial ones. */
  readonly step: number | null;
  readonly onCsv: () => void;
  readonly onPng: () => void;
}

const QUANTITIES: readonly { readonly id: LandscapeLook['quantity']; readonly title: string }[] = [
  { id: 'energy', title: 'Energy' },
  { id: 'density', title: 'Density' },
];

const SCALE_TITLES: Readonly<Record<ScaleChoice, string>> = {
  auto: 'Scale: auto',
  linear: 'Linear',
  log: 'Logarithmic',
  quantile: 'Equal areas',
};

/** What the landscape is of, how it is shown, and how it is taken away. */
export function LandscapeTools(props: LandscapeToolsProps) {
  const { variable, variables, stale, step } = props;
  const { choose, setLook } = useLandscapeActions();
  const look = useLandscape((state) => state.look);
  return (
    <div className={styles.tools}>
      <span className={styles.when} data-stale={stale}>
        {step === null ? 'Initial weights' : `Step ${formatWhole(step)}`}
        {stale && ' · of the graph that ran'}
      </span>
      {variables.length > 1 && (
        <div className={styles.select}>
          <SelectField
            id="landscape-variable"
            label="Variable"
            value={variable.id}
            options={variables.map(({ id }) => id)}
            titles={Object.fromEntries(variables.map(({ id, label }) => [id, label]))}
            onChange={choose}
          />
        </div>
      )}
      <div className={styles.choice} role="group" aria-label="What is shown">
        {QUANTITIES.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            aria-pressed={look.quantity === id}
            onClick={() => setLook({ quantity: id })}
          >
            {title}
          </button>
        ))}
      </div>
      <div className={styles.select}>
        <SelectField
          id="landscape-scale"
          label="Scale of the colours"
          value={look.scale}
          options={SCALE_CHOICES}
          titles={SCALE_TITLES}
          onChange={(scale) => setLook({ scale: scale as ScaleChoice })}
        />
      </div>
      <IconButton label="Save the landscape as CSV" onClick={props.onCsv}>
        <Download size={15} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <IconButton label="Save the landscape as PNG" onClick={props.onPng}>
        <Image size={15} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}
