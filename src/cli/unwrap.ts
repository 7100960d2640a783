import type { Result } from '../core/result';
import { CommandError } from './exitCodes';
import { formatDiagnostic, printDiagnostics, type Terminal } from './output';

/** The value, with what there is to say of it on stderr; without a value the command ends with `exitCode`. */
export function unwrap<T>(terminal: Terminal, result: Result<T>, exitCode: number): T {
  if (!result.ok) {
    throw new CommandError(result.diagnostics.map(formatDiagnostic).join('\n'), exitCode);
  }
  const told = result.diagnostics.filter(({ severity }) => severity !== 'info');
  printDiagnostics(terminal, told);
  return result.value;
}
