import type { Diagnostic, Severity } from '../../core/diagnostic';

export interface ProblemCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly remarks: number;
}

const GRAVITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The gravest first, otherwise in the order of the analysis. */
export function sortProblems(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]);
}

export function countProblems(diagnostics: readonly Diagnostic[]): ProblemCounts {
  const count = (wanted: Severity) =>
    diagnostics.filter(({ severity }) => severity === wanted).length;
  return { errors: count('error'), warnings: count('warning'), remarks: count('info') };
}
