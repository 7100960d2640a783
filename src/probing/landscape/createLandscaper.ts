import type { Analysis } from '../../compiler/analysis/analysis';
import type {
  LandscapePlane,
  LandscapeView,
} from '../../compiler/programs/landscape/landscapePlane';
import { landscapeViews, planeOf } from '../../compiler/programs/landscape/planes';
import { hasErrors } from '../../core/diagnostic';
import { failure, type Result } from '../../core/result';
import { CodeLayer } from './codeLayer';
import { EnergyLandscape } from './energyLandscape';
import type { Landscaper } from './landscaper';
import type { LandscaperOptions } from './landscapeModel';
import { NumberLayer } from './numberLayer';
import { SampleLayer } from './sampleLayer';
import { WeightLandscape } from './weightLandscape';

type Opener = (
  analysis: Analysis,
  view: LandscapeView,
  options: LandscaperOptions,
) => Promise<Result<Landscaper>>;

/** How a plane comes to its values, by what spans it. */
const OPENERS: Readonly<Record<LandscapePlane['spannedBy'], Opener>> = {
  numbers: (...asked) => EnergyLandscape.create(NumberLayer, ...asked),
  samples: (...asked) => EnergyLandscape.create(SampleLayer, ...asked),
  code: (...asked) => EnergyLandscape.create(CodeLayer, ...asked),
  weights: (analysis, _, options) => WeightLandscape.create(analysis, options),
};

/** Fails with the errors of the analysis, where there is no such view, or when data cannot be loaded. */
export async function createLandscaper(
  analysis: Analysis,
  viewId: string,
  options: LandscaperOptions,
): Promise<Result<Landscaper>> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const view = landscapeViews(analysis).find(({ id }) => id === viewId);
  const plane = view && planeOf(view);
  if (!view || !plane) {
    return failure({
      code: 'points.mismatch',
      severity: 'error',
      message: 'The graph has no such plane.',
    });
  }
  return OPENERS[plane.spannedBy](analysis, view, options);
}
