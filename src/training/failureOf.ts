import type { Diagnostic } from '../core/diagnostic';
import {
  isAllocationFailure,
  OutOfMemoryError,
  shortageDiagnostic,
} from '../engine/outOfMemoryError';

/**
 * What an exception that ended a run means to the user: `run.out-of-memory` where memory is what was missing, else
 * `run.failed` with its message after `otherwise`. Nodes are named by `labelOf`.
 */
export function failureOf(
  error: unknown,
  otherwise: string,
  labelOf: ((nodeId: string) => string) | null = null,
): Diagnostic {
  if (error instanceof OutOfMemoryError) return withLabel(error.diagnostic, labelOf);
  const message = error instanceof Error ? error.message : String(error);
  if (isAllocationFailure(error)) {
    return shortageDiagnostic({
      subject: `The memory of this page does not suffice (${message})`,
      needs: null,
      limit: null,
    });
  }
  return { code: 'run.failed', severity: 'error', message: `${otherwise}: ${message}` };
}

function withLabel(
  diagnostic: Diagnostic,
  labelOf: ((nodeId: string) => string) | null,
): Diagnostic {
  const { nodeId, message } = diagnostic;
  if (nodeId === undefined || labelOf === null) return diagnostic;
  return {
    ...diagnostic,
    message: `${message} The largest array is that of “${labelOf(nodeId)}”.`,
  };
}
