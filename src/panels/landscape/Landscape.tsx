import { useMemo, useRef, useState } from 'react';
import { useEditor } from '../../editor/store/useEditor';
import type { LandscapeFrame, PlanePoint } from '../../probing/landscape/landscapeFrame';
import { SaveFigure } from '../charts/SaveFigure';
import { DockTools } from '../DockTools';
import { download, fileName } from '../download';
import { useSelectedRows } from '../selection/useRowSelection';
import styles from './Landscape.module.css';
import { LandscapeAside } from './LandscapeAside';
import { LandscapeChart } from './LandscapeChart';
import { landscapeCsv } from './landscapeCsv';
import type { LandscapeVariable } from './landscapeStore';
import { LandscapeTools } from './LandscapeTools';
import { LANDSCAPE_LAYERS } from './layers';
import { shownField } from './shownField';
import { useLandscape, useLandscapeActions } from './useLandscape';
import type { ScaleId } from './valueScale';

interface LandscapeProps {
  readonly variable: LandscapeVariable;
  readonly frame: LandscapeFrame;
}

/** A landscape that is there, with all that can be read off it and changed about it. */
export function Landscape({ variable, frame }: LandscapeProps) {
  const { look, descent, prediction, stale } = useLandscape((state) => state);
  const { descendFrom } = useLandscapeActions();
  const title = useEditor(({ document }) => document.title);
  const selected = useSelectedRows(frame.dataset);
  const chart = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<PlanePoint | null>(null);
  // What an automatic scale came to a moment ago: it rather keeps that.
  const [kept, setKept] = useState<ScaleId>('linear');
  const field = useMemo(
    () => shownField(frame, variable, look, kept),
    [frame, variable, look, kept],
  );
  if (look.scale === 'auto' && look.quantity === 'energy' && field.scale.id !== kept) {
    setKept(field.scale.id);
  }
  const picture = useMemo(() => {
    const source = { variable, frame, descent, prediction, selected };
    const layers = LANDSCAPE_LAYERS.filter(
      (layer) => layer.label(source) !== null && !look.hidden.has(layer.id),
    );
    return { source, field, layers, quantity: quantityOf(variable, field.density !== null) };
  }, [variable, frame, descent, prediction, selected, field, look.hidden]);

  const saveCsv = (): void =>
    download(
      fileName(title, 'csv'),
      landscapeCsv(frame, variable.symbol, field.density),
      'text/csv',
    );

  return (
    <div className={styles.panel} data-stale={stale}>
      <DockTools>
        <LandscapeTools
          stale={stale}
          step={frame.step}
          hasDensity={variable.hasDensity}
          onCsv={saveCsv}
          saveFigure={
            <SaveFigure label="Save the landscape as a picture" parts={() => [chart.current]} />
          }
        />
      </DockTools>
      <LandscapeChart
        label={labelOf(variable, frame, field.density !== null)}
        describedBy="landscape-hint"
        picture={picture}
        cursor={cursor}
        onCursor={setCursor}
        onPick={(point) => variable.descends && descendFrom(point)}
        box={chart}
      />
      <LandscapeAside source={picture.source} field={field} cursor={cursor} />
    </div>
  );
}

function quantityOf({ symbol, argument, isApart }: LandscapeVariable, isDensity: boolean): string {
  if (!isDensity) return `${symbol}(${argument})`;
  const [x, y] = argument.split(', ');
  return isApart ? `p(${y}|${x})` : `p(${argument})`;
}

function labelOf(
  { symbol, label }: LandscapeVariable,
  { axes }: LandscapeFrame,
  isDensity: boolean,
): string {
  const energy = symbol === 'L' ? 'Loss' : 'Energy';
  const quantity = isDensity ? 'Density' : energy;
  return `${quantity} over ${axes.map((axis) => axis.label).join(' and ')}: ${label}`;
}
