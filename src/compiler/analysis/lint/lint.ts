import type { Diagnostic } from '../../../core/diagnostic';
import { comparedEnergies } from './comparedEnergies';
import { lintContext, type LintSubject } from './lintContext';
import type { LintRule } from './lintRule';
import { LINT_RULES } from './lintRules';

/**
 * What can be said of collapse before training (docs/semantics.md): at most one finding for each energy, and findings
 * on the graph as a whole. Weights are taken at their values in the document, live ones included.
 */
export function lint(
  subject: LintSubject,
  rules: readonly LintRule[] = LINT_RULES,
): readonly Diagnostic[] {
  const context = lintContext(subject);
  const onEnergies = comparedEnergies(context).flatMap((energy) => {
    for (const rule of rules) {
      const found = rule.on === 'energy' ? rule.find(energy) : null;
      if (found) return [found];
    }
    return [];
  });
  const onGraph = rules.flatMap((rule) => (rule.on === 'graph' ? rule.find(context) : []));
  return [...onEnergies, ...onGraph];
}
