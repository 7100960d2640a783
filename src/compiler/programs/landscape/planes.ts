import type { Analysis } from '../../analysis/analysis';
import { codeSlice } from './codeSlice';
import type { LandscapePlane, LandscapeView } from './landscapePlane';
import { latentPlane, observedPlane, surface } from './numberPlanes';
import { targetSlice } from './targetSlice';
import { weightSlice } from './weightSlice';

/** Every plane that a landscape can be drawn over, in the order of the page. A further one is an entry here. */
export const LANDSCAPE_PLANES: readonly LandscapePlane[] = [
  observedPlane,
  surface,
  latentPlane,
  targetSlice,
  codeSlice,
  weightSlice,
];

/** What landscapes of a graph can be drawn over. */
export function landscapeViews(analysis: Analysis): LandscapeView[] {
  return LANDSCAPE_PLANES.flatMap((plane) => plane.views(analysis));
}

/** The plane that a view is of. */
export function planeOf({ kind }: Pick<LandscapeView, 'kind'>): LandscapePlane | undefined {
  return LANDSCAPE_PLANES.find((plane) => plane.kind === kind);
}
