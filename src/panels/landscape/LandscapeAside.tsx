import { formatNumber, plural } from '../../core/formatNumber';
import { NumberField } from '../../editor/fields/NumberField';
import type { DescentEnd, PlanePoint } from '../../probing/landscape/landscapeFrame';
import styles from './LandscapeAside.module.css';
import { LandscapeLegend } from './LandscapeLegend';
import { LandscapeRangeFields } from './LandscapeRangeFields';
import { LatentFields } from './LatentFields';
import type { LandscapeVariable } from './landscapeStore';
import type { LayerSource } from './layers';
import { PlanePictures } from './PlanePictures';
import type { ShownField } from './shownField';
import { SliceFields } from './SliceFields';
import { TemperatureFields } from './TemperatureFields';
import { useLandscape, useLandscapeActions } from './useLandscape';
import { valueAt } from './valueAt';

interface LandscapeAsideProps {
  readonly source: LayerSource;
  readonly field: ShownField;
  readonly cursor: PlanePoint | null;
}

const NONE = '–';
/** Parts of a unit of the axes: nearer than that a way is in the plane. */
const BESIDE = 0.005;
const BETA = { min: 0, max: 1e6, openMin: true, openMax: false, integer: false, step: null };

/** What can be read beside a landscape: values under the pointer, the way down, what is held, what is shown. */
export function LandscapeAside({ source, field, cursor }: LandscapeAsideProps) {
  const { variable, frame, descent } = source;
  const { setLook } = useLandscapeActions();
  const { start, look } = useLandscape((state) => state);
  const [x, y] = frame.axes;
  const read = (values: Float32Array): string =>
    cursor === null ? NONE : formatNumber(valueAt(frame, values, cursor));
  return (
    <div className={styles.aside}>
      <div className={styles.column}>
        <dl className={styles.readout} data-testid="landscape-readout">
          <Reading name={x.symbol} value={cursor === null ? NONE : formatNumber(cursor[0])} />
          <Reading name={y.symbol} value={cursor === null ? NONE : formatNumber(cursor[1])} />
          <Reading name={variable.symbol} value={read(frame.values)} />
          {field.density !== null && <Reading name="p" value={read(field.density)} />}
        </dl>
        <p className={styles.note} id="landscape-hint">
          {hintOf(variable, start !== null)}
        </p>
        <p className={styles.descent} role="status" data-testid="descent">
          {descent !== null && (
            <DescentResult descent={descent} variable={variable} axes={frame.axes} />
          )}
        </p>
        {frame.inference !== null && (
          <p className={styles.descent} data-testid="inference-path">
            <Inference inference={frame.inference} symbol={variable.symbol} />
          </p>
        )}
        <PlanePictures variable={variable} frame={frame} cursor={cursor} descent={descent} />
        <LandscapeLegend source={source} />
      </div>
      <div className={styles.column}>
        <SliceFields variable={variable} frame={frame} />
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
        <LandscapeRangeFields frame={frame} />
        {field.density !== null && (
          <p className={styles.note}>
            {`p = e^(−βF)/Σ e^(−βF) of each of ${frame.columns} × ${frame.rows} cells. `}
            {variable.isApart
              ? `The sum is over ${y.symbol}, for each ${x.symbol} by itself, and ends at the border: beyond it p counts as 0.`
              : 'The sum is over this picture, and ends at its border: beyond it p counts as 0.'}
          </p>
        )}
      </div>
    </div>
  );
}

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
  descent: { path, energies, end, beside },
  variable,
  axes,
}: {
  descent: NonNullable<LayerSource['descent']>;
  variable: LandscapeVariable;
  axes: LayerSource['frame']['axes'];
}) {
  const last = path.at(-1) ?? [NaN, NaN];
  return (
    <>
      <b>
        {variable.symbol} {formatNumber(energies[0] ?? NaN)} →{' '}
        {formatNumber(energies.at(-1) ?? NaN)}
      </b>{' '}
      in {plural(path.length - 1, 'step')}, {ENDS[end]}:{' '}
      {axes
        .map(({ symbol }, index) => `${symbol}\u00a0${formatNumber(last[index] ?? NaN)}`)
        .join(', ')}
      {beside > BESIDE && `, ${formatNumber(beside)} beside the plane`}
    </>
  );
}

function Inference({
  inference: { energies, steps },
  symbol,
}: {
  inference: NonNullable<LayerSource['frame']['inference']>;
  symbol: string;
}) {
  return (
    <>
      <b>
        {symbol} {formatNumber(energies[0] ?? NaN)} → {formatNumber(energies.at(-1) ?? NaN)}
      </b>{' '}
      in {plural(steps.at(-1) ?? 0, 'step')} of inference of the held sample
    </>
  );
}

function hintOf({ descends }: LandscapeVariable, isDescending: boolean): string {
  if (!descends) return 'Point at the landscape, or press the arrow keys, to read values.';
  return isDescending
    ? 'Escape clears the way down.'
    : 'Click a point, or choose one with the arrow keys and Enter, to descend from there.';
}
