import type { Diagnostic } from '../core/diagnostic';
import { formatBytes } from '../core/formatNumber';
import { failure, type Result } from '../core/result';
import { MOST_BYTES } from './table';

/** A file that cannot be read, with the reason as the rest of a sentence. */
export function unreadable<T>(name: string, reason: string, hint?: string): Result<T> {
  return failure(unreadableFile(name, reason, hint));
}

export function unreadableFile(name: string, reason: string, hint?: string): Diagnostic {
  return {
    code: 'data.unreadable',
    severity: 'error',
    message: `“${name}” ${reason}.`,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** A file that would take more memory than there may be. */
export function tooLargeFile(name: string, bytes: number, hint: string): Diagnostic {
  return {
    code: 'data.too-large',
    severity: 'error',
    message: `“${name}” would take ${formatBytes(bytes)} of memory, over the limit of ${formatBytes(MOST_BYTES)}.`,
    hint,
  };
}
