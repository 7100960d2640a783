import { Image } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { useEditor } from '../../editor/store/useEditor';
import { IconButton } from '../../editor/ui/IconButton';
import type { PictureStrip } from '../../probing/pictures/pictureStrip';
import { chartImage } from '../charts/saveImage';
import { useThemeColours } from '../charts/themeColours';
import { DockTools } from '../DockTools';
import { download, fileName } from '../download';
import { drawPictures, stripLayout } from './drawPictures';
import toolStyles from './LandscapeTools.module.css';
import styles from './PicturesPanel.module.css';
import { preparedCanvas } from './preparedCanvas';
import { ShownOf } from './ShownOf';
import { useBoxSize } from './useBoxSize';
import { useLandscape } from './useLandscape';

/** Held-out images, and below them what the graph makes of them. */
export function PicturesPanel({ strip }: { strip: PictureStrip }) {
  const stale = useLandscape((state) => state.stale);
  const title = useEditor(({ document }) => document.title);
  const token = useThemeColours();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useBoxSize(box);

  useLayoutEffect(() => {
    const layout = stripLayout(strip, size);
    const context = canvas.current && preparedCanvas(canvas.current, layout);
    if (context) drawPictures(context, strip, layout, token);
  }, [strip, size, token]);

  const savePng = async (): Promise<void> => {
    const image = canvas.current && (await chartImage(title, [canvas.current], [], token));
    if (image) download(fileName(title, 'png'), image);
  };
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
          <IconButton label="Save the pictures as PNG" onClick={() => void savePng()}>
            <Image size={15} strokeWidth={1.75} aria-hidden />
          </IconButton>
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
