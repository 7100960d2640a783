import type { Engine } from '../engine';
import { ReferenceExecutable } from './referenceExecutable';

/** The oracle of the tests: plain float64, slow, obvious. */
export function createReferenceEngine(): Engine {
  return {
    info: {
      name: 'reference',
      badge: 'Reference',
      backend: 'float64',
      description: 'Reference: plain float64 arithmetic, slow, to check the other engines against',
      software: true,
      runsKernels: false,
    },
    compile: (program, data) => Promise.resolve(new ReferenceExecutable(program, data)),
    // No device, so nothing that could be lost.
    lost: new Promise<string>(() => undefined),
    dispose: () => undefined,
  };
}
