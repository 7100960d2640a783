import type { Result } from '../core/result';
import { CommandError } from './failure';
import { printDiagnostics, type Terminal } from './output';

/** The value, with what there is to say of it on stderr; without a value the command ends with `exitCode`. */
export function unwrap<T>(terminal: Terminal, result: Result<T>, exitCode: number): T {
  if (!result.ok) {
    throw CommandError.of(result.diagnostics, exitCode);
  }
  const told = result.diagnostics.filter(({ severity }) => severity !== 'info');
  printDiagnostics(terminal, told);
  return result.value;
}
