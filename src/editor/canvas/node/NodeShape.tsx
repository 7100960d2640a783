import { memo, useId } from 'react';
import { outlinePath } from '../../model/outlinePath';
import type { NodeView } from '../../model/nodeView';
import { isCircle } from '../../model/nodeOutline';
import styles from './NodeShape.module.css';

/** Width of the stripe in the category's colour. */
const ACCENT = 3;

/** The outline of a node with its fill, accent, selection ring and, for a bypassed node, hatching. */
export const NodeShape = memo(function NodeShape({ view }: { view: NodeView }) {
  const id = useId();
  const { outline, geometry, bypassed } = view;
  const { x, y, width, height } = geometry.shape;
  const path = outlinePath(outline, width, height);
  const striped = hasStripe(outline);
  return (
    <svg
      className={styles.shape}
      data-outline={outline}
      style={{ marginLeft: x, marginTop: y }}
      width={width}
      height={height}
      aria-hidden
    >
      <path className={styles.ring} d={path} />
      {striped ? (
        <>
          {/* A hard-edged gradient rather than a clipped stripe: hundreds of clips are slow to draw. */}
          <linearGradient
            id={`${id}accent`}
            gradientUnits="userSpaceOnUse"
            x1={0}
            y1={0}
            x2={ACCENT}
            y2={0}
          >
            <stop className={styles.accent} offset={1} />
            <stop className={styles.surface} offset={1} />
          </linearGradient>
          <path className={styles.fill} d={path} style={{ fill: `url(#${id}accent)` }} />
        </>
      ) : (
        <path className={styles.fill} d={path} />
      )}
      {bypassed && (
        <>
          <pattern
            id={`${id}hatch`}
            width={8}
            height={8}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line className={styles.hatch} x1={0} y1={0} x2={0} y2={8} />
          </pattern>
          <path d={path} fill={`url(#${id}hatch)`} />
        </>
      )}
      {outline === 'paper' && <path className={styles.fold} d={`M${width - 14} 0V14H${width}`} />}
    </svg>
  );
});

function hasStripe(outline: NodeView['outline']): boolean {
  return !isCircle(outline) && outline !== 'pill' && outline !== 'paper' && outline !== 'bar';
}
