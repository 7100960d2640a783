import { config } from 'zod';

/**
 * To be called first in the page and in every worker that reads documents. Where it can, zod compiles its validators
 * with `new Function`. The content security policy refuses that, as it should, and reports the attempt as a violation.
 */
export function validateWithoutEval(): void {
  config({ jitless: true });
}
