import { nodeName } from '../../../graph/elaborate';
import { isJointEmbedding, jointProtection } from '../jointEmbedding';
import type { LintRule } from '../lintRule';

/** A joint embedding whose variance is kept while nothing decorrelates it (Bardes, Ponce, LeCun 2022, §4.3). */
export const dimensionalCollapse: LintRule = {
  on: 'energy',
  find: (energy) => {
    if (!isJointEmbedding(energy)) return null;
    const { variance, decorrelation } = jointProtection(energy);
    if (!variance || decorrelation) return null;
    return {
      code: 'lint.dimensional-collapse',
      severity: 'warning',
      nodeId: energy.node.id,
      message: `${nodeName(energy.node)} can collapse to few dimensions: a variance term keeps every dimension alive, but nothing drives the dimensions apart, so they may all carry the same thing.`,
      hint: 'Add a covariance term (VICReg with a covariance weight above zero).',
    };
  },
};
