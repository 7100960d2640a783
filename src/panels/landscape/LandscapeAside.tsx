import { formatNumber, formatWhole, plural } from '../../core/formatNumber';
import { NumberField } from '../../editor/fields/NumberField';
import type { DescentEnd, PlanePoint } from '../../probing/landscape/landscapeFrame';
import styles from './LandscapeAside.module.css';
import { LandscapeLegend } from './LandscapeLegend';
import { LandscapeRangeFields } from './LandscapeRangeFields';
import { LatentFields } from './LatentFields';
import { symbolOf, type LandscapeVariable } from './landscapeStore';
import type { LayerSource } from './layers';
import type { ShownField } from './shownField';
import { TemperatureFields } from './TemperatureFields';
import { useLandscape, useLandscapeActions } from './useLandscape';
import { valueAt } from './valueAt';

interface LandscapeAsideProps {
  readonly source: LayerSource;
  readonly field: ShownField;
  readonly cursor: PlanePoint | null;
}

const NONE = '–';
const BETA = { min: 0, max: 1e6, openMin: true, openMax: false, integer: false, step: null };

/** What can be read beside a landscape: values under the pointer, the way down, what is held, what is shown. */
export function LandscapeAside({ source, field, cursor }: LandscapeAsideProps) {
  const { variable, frame, descent } = source;
  const { setSample, setLook } = useLandscapeActions();
  const { start, look } = useLandscape((state) => state);
  const [x, y] = variable.axes;
  const read = (values: Float32Array): string =>
    cursor === null ? NONE : formatNumber(valueAt(frame, values, cursor));
  const { sample } = frame;
  return (
    <div className={styles.aside}>
      <div className={styles.column}>
        <dl className={styles.readout} data-testid="landscape-readout">
          <Reading name={x} value={cursor === null ? NONE : formatNumber(cursor[0])} />
          <Reading name={y} value={cursor === null ? NONE : formatNumber(cursor[1])} />
          <Reading name={symbolOf(variable)} value={read(frame.values)} />
          {field.density !== null && <Reading name="p" value={read(field.density)} />}
        </dl>
        <p className={styles.note} id="landscape-hint">
          {start === null
            ? 'Click a point, or choose one with the arrow keys and Enter, to descend from there.'
            : 'Escape clears the way down.'}
        </p>
        <p className={styles.descent} role="status" data-testid="descent">
          {descent !== null && <DescentResult descent={descent} variable={variable} />}
        </p>
        <LandscapeLegend source={source} />
      </div>
      <div className={styles.column}>
        {sample !== null && (
          <div className={styles.row}>
            <label htmlFor="landscape-sample">{variable.held} of sample</label>
            <span className={styles.field}>
              <NumberField
                id="landscape-sample"
                label={`Held-out sample that gives ${variable.held}`}
                value={sample.index + 1}
                limits={{ min: 1, max: sample.count, ...CLOSED, integer: true, step: 1 }}
                onChange={(next) => next !== null && setSample(next - 1)}
                onCommit={() => undefined}
              />
            </span>
            <span className={styles.unit}>of {formatWhole(sample.count)}</span>
          </div>
        )}
        <LatentFields latents={variable.latents} />
        <TemperatureFields nodeIds={variable.inferred} />
        {field.density !== null && (
          <div className={styles.row}>
            <label htmlFor="landscape-beta">Inverse temperature β</label>
            <span className={styles.field}>
              <NumberField
                id="landscape-beta"
                label="Inverse temperature β"
                value={look.beta}
                limits={BETA}
                onChange={(beta) => beta !== null && setLook({ beta })}
                onCommit={() => undefined}
              />
            </span>
          </div>
        )}
        <LandscapeRangeFields axes={variable.axes} range={frame.range} />
        {field.density !== null && (
          <p className={styles.note}>
            {`p = e^(−βF)/Σ e^(−βF) of each of ${frame.columns} × ${frame.rows} cells. `}
            {variable.kind === 'surface'
              ? `The sum is over ${y}, for each ${x} by itself, and ends at the border: beyond it p counts as 0.`
              : 'The sum is over this picture, and ends at its border: beyond it p counts as 0.'}
          </p>
        )}
      </div>
    </div>
  );
}

const CLOSED = { openMin: false, openMax: false } as const;

function Reading({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const ENDS: Readonly<Record<DescentEnd, string>> = {
  minimum: 'at a minimum',
  away: 'still falling, far from the start',
  steps: 'still falling',
  'not finite': 'where F is not finite',
};

function DescentResult({
  descent: { path, energies, end },
  variable,
}: {
  descent: NonNullable<LayerSource['descent']>;
  variable: LandscapeVariable;
}) {
  const last = path.at(-1) ?? [NaN, NaN];
  return (
    <>
      <b>
        {symbolOf(variable)} {formatNumber(energies[0] ?? NaN)} →{' '}
        {formatNumber(energies.at(-1) ?? NaN)}
      </b>{' '}
      in {plural(path.length - 1, 'step')}, {ENDS[end]}:{' '}
      {variable.axes
        .map((axis, index) => `${axis}\u00a0${formatNumber(last[index] ?? NaN)}`)
        .join(', ')}
    </>
  );
}
