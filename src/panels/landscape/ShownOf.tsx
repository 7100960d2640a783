import { formatWhole } from '../../core/formatNumber';
import { SelectField } from '../../editor/fields/SelectField';
import styles from './LandscapeTools.module.css';
import type { LandscapeChoice } from './landscapeStore';
import { useLandscape, useLandscapeActions } from './useLandscape';

export interface ShownOfProps {
  /** The graph is another one by now. */
  readonly stale: boolean;
  /** Of the weights; null for the initial ones; undefined where nothing is shown of any. */
  readonly step: number | null | undefined;
}

/** Which weights are shown, and of which variable where there are several. */
export function ShownOf({ stale, step }: ShownOfProps) {
  const { variables, chosen } = useLandscape((state) => state);
  const { choose } = useLandscapeActions();
  return (
    <>
      {step !== undefined && (
        <span className={styles.when} data-stale={stale}>
          {step === null ? 'Initial weights' : `Step ${formatWhole(step)}`}
          {stale && ' · of the graph that ran'}
        </span>
      )}
      {variables !== null && chosen !== null && variables.length > 1 && (
        <div className={styles.select}>
          <SelectField
            id="landscape-variable"
            label="What is drawn"
            value={chosen.id}
            options={variables.map(({ id }) => id)}
            titles={Object.fromEntries(variables.map((one) => [one.id, titleOf(one)]))}
            onChange={choose}
          />
        </div>
      )}
    </>
  );
}

/** Planes that the graph does not have are in the list as well: choosing one says what it needs. */
function titleOf({ label, shows }: LandscapeChoice): string {
  return shows === 'nothing' ? `${label} (none)` : label;
}
