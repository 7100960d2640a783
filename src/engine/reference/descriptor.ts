import { success } from '../../core/result';
import type { EngineDescriptor } from '../descriptor';

export const reference: EngineDescriptor = {
  name: 'reference',
  label: 'Reference',
  hint: 'Plain float64, slow: to check the others by',
  automatic: false,
  portable: true,
  create: async () => {
    const { createReferenceEngine } = await import('./referenceEngine');
    return success(createReferenceEngine());
  },
};
