import type { Diagnostic } from '../../core/diagnostic';

/** Firefox had a name of its own for a long time. */
const QUOTA_ERRORS = ['QuotaExceededError', 'NS_ERROR_DOM_QUOTA_REACHED'];

/** What a failed database call means to the user. `consequence` is a clause such as `the document cannot be read`. */
export function storageFault(error: unknown, consequence: string): Diagnostic {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (QUOTA_ERRORS.includes(name)) {
    return {
      code: 'storage.full',
      severity: 'error',
      message: `The browser has no room left: ${consequence}.`,
      hint: 'Save the document as a file, or remove documents that you do not need.',
    };
  }
  if (name === 'VersionError') {
    return {
      code: 'storage.unavailable',
      severity: 'error',
      message: `A newer Basin has taken over the documents in this browser: ${consequence}.`,
      hint: 'Save the document as a file, then reload the page.',
    };
  }
  const reason = message === '' ? '' : ` (${message})`;
  return {
    code: 'storage.unavailable',
    severity: 'error',
    message: `The browser does not let the page store documents${reason}: ${consequence}.`,
    hint: 'Save the document as a file. Private windows often have no storage.',
  };
}
