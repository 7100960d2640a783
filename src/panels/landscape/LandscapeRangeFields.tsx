import { RotateCcw } from 'lucide-react';
import { NumberField } from '../../editor/fields/NumberField';
import { IconButton } from '../../editor/ui/IconButton';
import type { LandscapeFrame } from '../../probing/landscape/landscapeFrame';
import styles from './LandscapeAside.module.css';
import { useLandscape, useLandscapeActions } from './useLandscape';

interface LandscapeRangeFieldsProps {
  /** What is shown. */
  readonly frame: Pick<LandscapeFrame, 'axes' | 'range'>;
}

const LARGEST = 1e9;
const OPEN = { openMin: true, openMax: true, integer: false, step: null } as const;

/** From where to where the landscape is drawn. */
export function LandscapeRangeFields({ frame: { axes, range } }: LandscapeRangeFieldsProps) {
  const isChosen = useLandscape((state) => state.range !== null);
  const { setRange } = useLandscapeActions();
  return (
    <div className={styles.ranges} role="group" aria-label="Range">
      {(['x', 'y'] as const).map((side, index) => {
        const [low, high] = range[side];
        const name = axes[index]?.symbol ?? side;
        const id = `landscape-${side}`;
        return (
          <div key={side} className={styles.row}>
            <span className={styles.axis}>{name}</span>
            <span className={styles.field}>
              <NumberField
                id={`${id}-from`}
                label={`${name} from`}
                value={rounded(low, high - low)}
                limits={{ ...OPEN, min: -LARGEST, max: high }}
                onChange={(from) => from !== null && setRange({ ...range, [side]: [from, high] })}
                onCommit={() => undefined}
              />
            </span>
            <span className={styles.unit}>to</span>
            <span className={styles.field}>
              <NumberField
                id={`${id}-to`}
                label={`${name} to`}
                value={rounded(high, high - low)}
                limits={{ ...OPEN, min: low, max: LARGEST }}
                onChange={(to) => to !== null && setRange({ ...range, [side]: [low, to] })}
                onCommit={() => undefined}
              />
            </span>
            {index === 0 && (
              <IconButton
                label="Choose the range by the data"
                disabled={!isChosen}
                onClick={() => setRange(null)}
              >
                <RotateCcw size={14} strokeWidth={1.75} aria-hidden />
              </IconButton>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** To a thousandth of the length: what is chosen by the data has many digits of no use. */
function rounded(value: number, length: number): number {
  const unit = 10 ** Math.floor(Math.log10(length) - 2);
  return Number.isFinite(unit) ? Number((Math.round(value / unit) * unit).toPrecision(10)) : value;
}
