import type {
  ChosenValue,
  Descent,
  LandscapeFrame,
  LandscapeRange,
  LandscapeSettings,
  PlanePoint,
} from './landscapeFrame';
import type { LandscapeModel } from './landscapeModel';

/** The landscape of one view of a document, for as many snapshots as come. Calls are made one at a time. */
export interface Landscaper {
  frame(model: LandscapeModel, settings: LandscapeSettings): Promise<LandscapeFrame>;
  /** From a point downhill by gradient steps; `range` is that of the picture. Null where nothing descends. */
  descend(
    model: LandscapeModel,
    settings: LandscapeSettings,
    from: PlanePoint,
    range: LandscapeRange,
  ): Promise<Descent | null>;
  /** ŷ for a z that was chosen; null where there is none, or the view has no such latent. `range` is that of the picture. */
  predict(
    model: LandscapeModel,
    settings: LandscapeSettings,
    chosen: ChosenValue,
    range: LandscapeRange,
  ): Promise<PlanePoint | null>;
  dispose(): void;
}
