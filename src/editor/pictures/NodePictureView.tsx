import { memo, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { NodePicture } from '../../compiler/programs/nodePictures';
import { pictureLayout } from '../model/pictureLayout';
import styles from './NodePictureView.module.css';
import { paintPicture } from './paintPicture';
import { usePictures, usePicturesState } from './pictures';
import { useInView } from './useInView';
import { useTheme } from './useTheme';

interface NodePictureViewProps {
  readonly nodeId: string;
  readonly label: string;
  readonly picture: NodePicture;
  /** Pixels that it fills. */
  readonly width: number;
  readonly size: 'node' | 'large';
}

/** The canvas is finer than the screen by this, since the camera comes nearer. */
const FINER = { node: 2, large: 1 } as const;

/** The picture of a node on one canvas: asked for, and drawn, while it can be seen. */
export const NodePictureView = memo(function NodePictureView({
  nodeId,
  label,
  picture,
  width,
  size,
}: NodePictureViewProps) {
  const pictures = usePictures();
  const canvas = useRef<HTMLCanvasElement>(null);
  const isInView = useInView(canvas);
  const layout = useMemo(() => pictureLayout(picture, width, size), [picture, width, size]);
  const values = usePicturesState((state) => (isInView ? state.values.get(nodeId) : undefined));
  const theme = useTheme();

  useEffect(
    () => (isInView ? pictures?.watch(nodeId) : undefined),
    [isInView, pictures, nodeId, picture],
  );

  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null || values === undefined) return;
    const context = element.getContext('2d');
    if (context === null) return;
    const ratio = window.devicePixelRatio * FINER[size];
    const style = getComputedStyle(element);
    const colours = {
      mark: style.color,
      muted: style.outlineColor,
      line: style.borderTopColor,
    };
    element.width = Math.round(layout.width * ratio);
    element.height = Math.round(layout.height * ratio);
    context.scale(ratio, ratio);
    paintPicture(context, picture, values.panes, layout, colours);
  }, [values, layout, picture, size, theme]);

  return (
    <canvas
      ref={canvas}
      className={styles.picture}
      style={{ width: layout.width, height: layout.height }}
      role="img"
      aria-label={describe(picture, label)}
      data-picture={nodeId}
      data-drawn={values !== undefined}
    />
  );
});

const SUBJECTS = {
  given: 'Samples of',
  changed: 'Before and after',
  made: 'What comes out of',
} as const;

function describe({ subject }: NodePicture, label: string): string {
  return `${SUBJECTS[subject]} ${label}`;
}
