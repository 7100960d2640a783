import type { LintRule } from './lintRule';
import { averageOfUntrained } from './rules/averageOfUntrained';
import { batchTooSmall } from './rules/batchTooSmall';
import { dimensionalCollapse } from './rules/dimensionalCollapse';
import { flatEnergy } from './rules/flatEnergy';
import { identityCollapse } from './rules/identityCollapse';
import { immune } from './rules/immune';
import { jointEmbeddingCollapse } from './rules/jointEmbeddingCollapse';
import { latentCollapse } from './rules/latentCollapse';
import { latentWithoutEnergy } from './rules/latentWithoutEnergy';
import { unusedNode } from './rules/unusedNode';

/** Every rule of lint. Of those on energies the first that applies speaks: the worst comes first. */
export const LINT_RULES: readonly LintRule[] = [
  jointEmbeddingCollapse,
  latentCollapse,
  dimensionalCollapse,
  identityCollapse,
  immune,
  flatEnergy,
  latentWithoutEnergy,
  batchTooSmall,
  averageOfUntrained,
  unusedNode,
];
