import { NoAnswerError } from '../core/watch/withDeadline';
import type { Diagnostic } from '../core/diagnostic';

/** Firefox had a name of its own for a long time. */
const QUOTA_ERRORS = ['QuotaExceededError', 'NS_ERROR_DOM_QUOTA_REACHED'];

/** What to do about a store that takes nothing, and what the store is of. */
export interface StorageAdvice {
  readonly what: string;
  readonly full: string;
  readonly other: string;
}

const DOCUMENTS: StorageAdvice = {
  what: 'documents',
  full: 'Save the document as a file, or remove documents that you do not need.',
  other: 'Save the document as a file',
};

/** What a failed database call means to the user. `consequence` is a clause such as `the document cannot be read`. */
export function storageFault(
  error: unknown,
  consequence: string,
  advice: StorageAdvice = DOCUMENTS,
): Diagnostic {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (QUOTA_ERRORS.includes(name)) {
    return {
      code: 'storage.full',
      severity: 'error',
      message: `The browser has no room left: ${consequence}.`,
      hint: advice.full,
    };
  }
  if (name === 'VersionError') {
    return {
      code: 'storage.unavailable',
      severity: 'error',
      message: `A newer Basin has taken over the ${advice.what} in this browser: ${consequence}.`,
      hint: `${advice.other}, then reload the page.`,
    };
  }
  if (error instanceof NoAnswerError) {
    return {
      code: 'storage.unavailable',
      severity: 'error',
      message: `The browser’s store of ${advice.what} does not answer: ${consequence}.`,
      hint: `What is in it is not lost. ${advice.other}, close other tabs of this page, then reload or restart the browser.`,
    };
  }
  const reason = message === '' ? '' : ` (${message})`;
  return {
    code: 'storage.unavailable',
    severity: 'error',
    message: `The browser does not let the page store ${advice.what}${reason}: ${consequence}.`,
    hint: `${advice.other}. Private windows often have no storage.`,
  };
}
