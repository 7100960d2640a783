import { useLayoutEffect, useRef } from 'react';
import type { PictureStrip } from '../../probing/pictures/pictureStrip';
import { SaveFigure } from '../charts/SaveFigure';
import { useThemeColours } from '../charts/themeColours';
import { DockTools } from '../DockTools';
import { drawPictures, stripLayout } from './drawPictures';
import toolStyles from './LandscapeTools.module.css';
import styles from './PicturesPanel.module.css';
import { paintCanvas } from './preparedCanvas';
import { ShownOf } from './ShownOf';
import { useBoxSize } from './useBoxSize';
import { useLandscape } from './useLandscape';

/** Held-out images, and below them what the graph makes of them. */
export function PicturesPanel({ strip }: { strip: PictureStrip }) {
  const stale = useLandscape((state) => state.stale);
  const token = useThemeColours();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useBoxSize(box);

  useLayoutEffect(() => {
    const layout = stripLayout(strip, size);
    paintCanvas(canvas.current, layout, (drawing) => drawPictures(drawing, strip, layout, token));
  }, [strip, size, token]);

  const labels = strip.rows.map(({ label }) => label).join('; ');
  return (
    <div
      ref={box}
      className={styles.panel}
      data-stale={stale}
      tabIndex={0}
      role="group"
      aria-label="Pictures"
    >
      <DockTools>
        <div className={toolStyles.tools}>
          <ShownOf stale={stale} step={strip.step} />
          <SaveFigure label="Save the pictures" parts={() => [canvas.current]} />
        </div>
      </DockTools>
      <canvas
        ref={canvas}
        role="img"
        data-testid="pictures"
        data-step={strip.step ?? 'initial'}
        aria-label={`${strip.count} held-out samples, a row for each of: ${labels}`}
      />
    </div>
  );
}
