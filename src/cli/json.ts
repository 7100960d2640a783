import type { Diagnostic } from '../core/diagnostic';

/**
 * The JSON that a command prints for a value. JSON has no number that is not finite, so one is printed as `null` and its
 * object gets an entry in `diagnostics` that names it; a `null` without one means that there is nothing to tell. In a
 * list each element is such an object.
 */
export function jsonText(value: object): string {
  return JSON.stringify(Array.isArray(value) ? value.map(withDiagnostics) : withDiagnostics(value));
}

function withDiagnostics(value: unknown): unknown {
  const found = notFinite(value, '');
  if (found.length === 0 || typeof value !== 'object' || value === null) return value;
  const known: unknown = 'diagnostics' in value ? value.diagnostics : [];
  return { ...value, diagnostics: [...(Array.isArray(known) ? known : []), ...found] };
}

/** One diagnostic for each number that is not finite, and for each list with some. */
function notFinite(value: unknown, path: string): Diagnostic[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [tell(path, wordsFor(value))];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'number')) {
    const bad = value.filter((entry) => !Number.isFinite(entry)).length;
    return bad === 0 ? [] : [tell(path, `holds ${bad} of ${value.length} numbers not finite`)];
  }
  return Object.entries(value).flatMap(([key, inner]) => notFinite(inner, step(path, key)));
}

function wordsFor(value: number): string {
  return Number.isNaN(value) ? 'is not a number' : `is ${value > 0 ? '' : 'minus '}infinite`;
}

function tell(path: string, words: string): Diagnostic {
  return { code: 'run.non-finite', severity: 'error', message: `${path} ${words}.`, path };
}

/** `terms.distance`, `reps["f.out"].meanStd`. */
function step(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}
