import type { Diagnostic, Severity } from '../../core/diagnostic';

export interface ProblemCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly remarks: number;
}

export function countProblems(diagnostics: readonly Diagnostic[]): ProblemCounts {
  const count = (wanted: Severity) =>
    diagnostics.filter(({ severity }) => severity === wanted).length;
  return { errors: count('error'), warnings: count('warning'), remarks: count('info') };
}
