import type { InferenceStrategy } from '../../../src/graph/inferenceStrategy';
import { amortized } from './amortized';
import { exhaustive, gridSearch } from './exhaustive';
import { GRID_PARAMETERS } from './grid';
import { langevin } from './langevin';
import { marginalize } from './marginalize';
import { minimize } from './minimize';
import { prior } from './prior';

/** Looks at a grid over a continuous variable. */
const onGrid = (strategy: InferenceStrategy): InferenceStrategy => ({
  ...strategy,
  parameters: { ...strategy.parameters, ...GRID_PARAMETERS },
});

/** The ways to find a continuous latent, the default first. A further one is a file here and a line. */
export const CONTINUOUS_INFERENCE: readonly InferenceStrategy[] = [
  minimize,
  onGrid(gridSearch),
  onGrid(marginalize),
  langevin,
  amortized,
  prior,
];

/** The ways to find a latent with finitely many values. */
export const DISCRETE_INFERENCE: readonly InferenceStrategy[] = [exhaustive, marginalize, prior];

/** The ways to find an angle; the node gives the grid. */
export const ANGLE_INFERENCE: readonly InferenceStrategy[] = [gridSearch, marginalize, prior];
