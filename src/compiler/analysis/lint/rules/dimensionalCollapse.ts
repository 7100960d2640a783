import { nodeName } from '../../../graph/elaborate';
import { wakeTerm } from '../dormantTerms';
import { guardCompared } from '../guardRemedies';
import { isJointEmbedding, jointProtection } from '../jointEmbedding';
import type { ComparedEnergy, LintRule } from '../lintRule';
import { offered } from '../offered';

/** A joint embedding whose variance is kept while nothing decorrelates it (Bardes, Ponce, LeCun 2022, §4.3). */
export const dimensionalCollapse: LintRule = {
  on: 'energy',
  find: (energy) => {
    if (!applies(energy)) return null;
    const remedy =
      wakeTerm(energy, applies) ?? guardCompared(energy, 'reg.covariance', 'a covariance term');
    return {
      code: 'lint.dimensional-collapse',
      severity: 'warning',
      nodeId: energy.node.id,
      message: `${nodeName(energy.node)} can collapse to few dimensions: a variance term keeps every dimension alive, but nothing drives the dimensions apart, so they may all carry the same thing.`,
      hint: 'Add a covariance term (VICReg with a covariance weight above zero).',
      ...offered(remedy),
    };
  },
};

function applies(energy: ComparedEnergy): boolean {
  if (!isJointEmbedding(energy)) return false;
  const { variance, decorrelation } = jointProtection(energy);
  return variance && !decorrelation;
}
