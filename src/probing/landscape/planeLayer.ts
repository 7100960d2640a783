import type { Analysis } from '../../compiler/analysis/analysis';
import type { LandscapeView } from '../../compiler/programs/landscape/landscapePlane';
import type { Result } from '../../core/result';
import type { LandscapeFrame, LandscapeRange, LandscapeSettings } from './landscapeFrame';
import type { LandscapeModel, LandscaperOptions } from './landscapeModel';
import type { LatentFinder } from './latentFinder';
import type { Plane } from './plane';

/** Where a plane lies for some weights, and what is known to lie on it. */
export interface LaidPlane extends Pick<
  LandscapeFrame,
  'axes' | 'points' | 'samples' | 'dataset' | 'sample' | 'place' | 'marks' | 'available'
> {
  readonly plane: Plane;
  /** What to show when nobody says. */
  readonly range: LandscapeRange;
  /** Number of the held-out sample at which what is held is. */
  readonly row: number;
}

/** Lays the planes of one view. Calls are made one at a time. */
export interface PlaneLayer {
  /** Points along each axis: fewer where a value has many numbers. */
  readonly side: number;
  /** Finds the latent that varies, where inference or an encoder gives it. */
  readonly finder: LatentFinder | null;
  lay(model: LandscapeModel, settings: LandscapeSettings): Promise<LaidPlane>;
  dispose(): void;
}

export interface PlaneLayerSource {
  /** Fails when data cannot be loaded. */
  create(
    analysis: Analysis,
    view: LandscapeView,
    options: LandscaperOptions,
  ): Promise<Result<PlaneLayer>>;
}

/** Of a slice, on which no sample lies but those that it goes through. */
export const NO_POINTS = {
  points: new Float32Array(),
  samples: new Int32Array(),
  dataset: null,
} as const;
