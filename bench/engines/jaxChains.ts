import { random } from '@jax-js/jax';
import { defined } from '../../src/core/invariant';
import { FOUND, SEARCH, type Model } from '../workloads/workload';
import type { Named } from './jaxLayers';
import { CHAINS, KEY } from './jaxSearches';

/** What a step reads besides data and weights, and what becomes of what it found. */
export interface JaxChains {
  take(): Named;
  keep(found: Named): void;
  dispose(): void;
}

const NONE: JaxChains = {
  take: () => ({}),
  keep: (found) => Object.values(found).forEach((array) => array.dispose()),
  dispose: () => undefined,
};

/** Of a sampler: blocks of a batch that take turns, and a key for each step. */
export function jaxChains(model: Model): JaxChains {
  if (model.kind !== 'langevin') return NONE;
  const { batch, widths, buffer } = model;
  const { low, high } = SEARCH.langevin;
  const blocks = Array.from({ length: buffer / batch }, (_, block) =>
    random.uniform(random.key(block), [batch, widths[0] ?? 1], { minval: low, maxval: high }),
  );
  let step = 0;
  return {
    take: () => ({
      [KEY]: random.key(blocks.length + step),
      [CHAINS]: defined(blocks[step % blocks.length], 'chains').ref,
    }),
    keep: (found) => {
      const block = step % blocks.length;
      blocks[block]?.dispose();
      blocks[block] = defined(found[FOUND], 'points');
      step++;
    },
    dispose: () => blocks.forEach((block) => block.dispose()),
  };
}
