import type { Diagnostic } from '../../core/diagnostic';

/** A program needs more than the adapter has. `diagnostic` says so in the user's terms, as does the message. */
export class GpuLimitError extends Error {
  override readonly name = 'GpuLimitError';
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.message);
  }
}
