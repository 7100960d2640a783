import type { InferenceStrategy } from '../../../src/graph/inferenceStrategy';
import { minimize } from './minimize';
import { prior } from './prior';

/** The ways to find a continuous latent, the default first. A further one is a file here and a line. */
export const CONTINUOUS_INFERENCE: readonly InferenceStrategy[] = [minimize, prior];
