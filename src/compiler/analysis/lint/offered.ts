import type { Diagnostic } from '../../../core/diagnostic';
import type { Remedy } from '../../../core/remedy';

/** A remedy as a part of a finding; nothing where there is none. */
export function offered(remedy: Remedy | null): Pick<Diagnostic, 'remedy'> {
  return remedy ? { remedy } : {};
}
