import type { Diagnostic } from '../core/diagnostic';
import { jsonText } from './json';
import { formatDiagnostic, type Terminal } from './output';

/** Ends a command with a message on stderr, and with `--json` an object on standard output. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly exitCode: number,
    /** What the message says, where it is findings. */
    readonly diagnostics: readonly Diagnostic[] = [],
  ) {
    super(message);
  }

  /** For findings that leave nothing to go on with. */
  static of(diagnostics: readonly Diagnostic[], exitCode: number): CommandError {
    return new CommandError(textOf(diagnostics), exitCode, diagnostics);
  }
}

function textOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(formatDiagnostic).join('\n');
}

/** What a command that fails prints with `--json` (docs/command-line.md §4): programs read why without parsing stderr. */
export function printFailure(
  terminal: Terminal,
  { message, exitCode, diagnostics }: Pick<CommandError, 'message' | 'exitCode' | 'diagnostics'>,
): void {
  const listed = diagnostics.map(listedDiagnostic);
  terminal.out(jsonText({ ok: false, error: message, exitCode, diagnostics: listed }));
}

/** A diagnostic as it is printed: its remedy is the name of the change. */
export function listedDiagnostic(diagnostic: Diagnostic): object {
  const { code, severity, nodeId, portId, path, message, hint, remedy } = diagnostic;
  return { code, severity, nodeId, portId, path, message, hint, remedy: remedy?.label };
}
