import { nodeName } from '../../../graph/elaborate';
import { copying, observedTarget } from '../copying';
import type { LintRule } from '../lintRule';

/** A prediction made from its own target through a code as wide, with nothing between (Dawid & LeCun 2023, §4). */
export const identityCollapse: LintRule = {
  on: 'energy',
  find: (energy) => {
    const observed = observedTarget(energy);
    const copies = observed && copying(observed, energy.context);
    if (!copies || copies.free < copies.size) return null;
    return {
      code: 'lint.identity-collapse',
      severity: 'warning',
      nodeId: energy.node.id,
      message: `${nodeName(energy.node)} can be made zero by copying: its prediction is made from its own target of ${copies.size} numbers, all of which can pass, with no regularizer, noise or mask between (notes §4).`,
      hint: 'Narrow the code, regularize it, or corrupt the input.',
    };
  },
};
