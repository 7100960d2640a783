import { nodeName } from '../../../graph/elaborate';
import { copying, observedTarget, type Copying } from '../copying';
import type { LintRule } from '../lintRule';

/** The target is observed and reaches the energy through nothing trained (Dawid & LeCun 2023, Fig. 5a). */
export const immune: LintRule = {
  on: 'energy',
  find: (energy) => {
    const observed = observedTarget(energy);
    if (!observed) return null;
    const copies = copying(observed, energy.context);
    return {
      code: 'lint.immune',
      severity: 'info',
      nodeId: energy.node.id,
      portId: observed.target.port,
      message: `${nodeName(energy.node)} cannot collapse: its target is observed and nothing trained can change it${copies ? `; ${whatHindersCopying(copies)}` : ' (notes Fig. 5a)'}.`,
    };
  },
};

function whatHindersCopying({ size, free }: Copying): string {
  return free === 0
    ? 'its prediction is made from the target too, but a regularizer, noise or a mask is between'
    : `its prediction is made from the target too, but only ${free} of its ${size} numbers can pass`;
}
