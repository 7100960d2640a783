import type { DiagnosticCode } from './diagnosticCodes';
import type { Remedy } from './remedy';

export type Severity = 'error' | 'warning' | 'info';

/**
 * A fault or remark in the user's terms. Collected, never thrown.
 * `message` says what was found and what was expected, with the node's label; `hint` says what to do.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly nodeId?: string;
  readonly portId?: string;
  readonly edgeId?: string;
  /** Where in the document or in the node's parameters, e.g. `params.widths.0`. */
  readonly path?: string;
  readonly hint?: string;
  /** What would make it go, where one change does. */
  readonly remedy?: Remedy;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

export function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

const GRAVITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Errors, warnings, remarks; otherwise in the order given. */
export function gravestFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]);
}
