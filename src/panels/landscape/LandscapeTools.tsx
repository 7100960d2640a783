import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { SelectField } from '../../editor/fields/SelectField';
import { IconButton } from '../../editor/ui/IconButton';
import type { LandscapeLook } from './landscapeStore';
import styles from './LandscapeTools.module.css';
import { ShownOf, type ShownOfProps } from './ShownOf';
import { useLandscape, useLandscapeActions } from './useLandscape';
import { SCALE_CHOICES, type ScaleChoice } from './valueScale';

interface LandscapeToolsProps extends ShownOfProps {
  readonly hasDensity: boolean;
  readonly onCsv: () => void;
  readonly saveFigure: ReactNode;
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

/** What the landscape is of, how it is shown, and how it is saved. */
export function LandscapeTools(props: LandscapeToolsProps) {
  const { stale, step } = props;
  const { setLook } = useLandscapeActions();
  const look = useLandscape((state) => state.look);
  return (
    <div className={styles.tools}>
      <ShownOf stale={stale} step={step} />
      {props.hasDensity && (
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
      )}
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
      {props.saveFigure}
    </div>
  );
}
