import type { Diagnostic } from '../../core/diagnostic';

/** Why the graph cannot run, in one sentence; null when nothing stands in the way. */
export function blockReason(diagnostics: readonly Diagnostic[]): string | null {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return null;
  const others = errors.length - 1;
  if (others === 0) return first.message;
  return `${first.message} And ${others === 1 ? 'one more error' : `${others} more errors`}.`;
}
