import type { Analysis } from '../../src/compiler/analysis/analysis';
import type { Change, TemplateRuns } from './templateRuns';

/** Codes of all that is said of the template before training, in the order of the problem list; `silent` for nothing. */
export function codesOf(change: Change = {}): (runs: TemplateRuns) => Promise<string> {
  return async (runs) => {
    const { analysis } = await runs.trained(change);
    return analysis.diagnostics.map(({ code }) => code).join(', ') || 'silent';
  };
}

/** Codes of what a graph is warned of, each once, in alphabetical order; remarks are none. */
export function warningsOf({ diagnostics }: Pick<Analysis, 'diagnostics'>): string[] {
  const warnings = diagnostics.filter(({ severity }) => severity !== 'info');
  return [...new Set(warnings.map(({ code }) => code))].sort();
}
