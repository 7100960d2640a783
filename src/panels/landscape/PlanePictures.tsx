import { useMemo } from 'react';
import type { Descent, LandscapeFrame, PlanePoint } from '../../probing/landscape/landscapeFrame';
import { PictureGrid } from '../charts/PictureGrid';
import styles from './LandscapeAside.module.css';
import type { LandscapeVariable } from './landscapeStore';

interface PlanePicturesProps {
  readonly variable: LandscapeVariable;
  readonly frame: LandscapeFrame;
  readonly cursor: PlanePoint | null;
  readonly descent: Descent | null;
}

const SIDE = 56;
/** Pictures of a sequence, side by side. */
const STEP_SIDE = 28;

/** How y looks at the samples that a plane goes through, under the pointer, and where a way down ends. */
export function PlanePictures({ variable, frame, cursor, descent }: PlanePicturesProps) {
  const { picture: shape } = variable;
  const { pictures, marks } = frame;
  if (shape === null || pictures === null) return null;
  const shown = [
    ...marks.map(({ label, point }) => ({
      name: `Sample ${label}`,
      values: valueOn(frame, point),
    })),
    ...(descent?.last ? [{ name: 'Way down, end', values: descent.last }] : []),
    ...(cursor === null ? [] : [{ name: 'Pointer', values: valueOn(frame, cursor) }]),
  ];
  return (
    <ul className={styles.pictures} data-testid="landscape-pictures">
      {shown.map(({ name, values }) => (
        <li key={name}>
          <Picture shape={shape} name={name} values={values} />
          <span>{name}</span>
        </li>
      ))}
    </ul>
  );
}

interface PictureProps {
  readonly shape: readonly [number, number, number];
  readonly name: string;
  readonly values: Float32Array;
}

function Picture({ shape, name, values }: PictureProps) {
  const [height, width, channels] = shape;
  const count = values.length / (height * width * channels);
  // Units that are −1 and 1 are as black and white as those that are 0 and 1.
  const isSigned = useMemo(() => values.some((value) => value < -0.5), [values]);
  const limits = useMemo(() => [isSigned ? -1 : 0, 1] as const, [isSigned]);
  const side = count > 1 ? STEP_SIDE : SIDE;
  return (
    <PictureGrid {...{ shape, values, limits, side }} across={Math.ceil(count / 2)} label={name} />
  );
}

/** y at a point of the plane. */
function valueOn({ pictures }: LandscapeFrame, [a, b]: PlanePoint): Float32Array {
  if (pictures === null) return new Float32Array();
  const { origin, across, up } = pictures;
  return origin.map((value, i) => value + a * (across[i] ?? 0) + b * (up[i] ?? 0));
}
