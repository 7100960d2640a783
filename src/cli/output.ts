import type { Diagnostic } from '../core/diagnostic';

/** Where a command reads and writes, so that tests can stand in for the terminal. */
export interface Terminal {
  /** For programs: JSON, code, links. Throws an `OutputError` where nothing more can be written. */
  out(text: string): void;
  /** For people: progress, warnings, errors. */
  err(text: string): void;
  stdin(): Promise<string | Uint8Array>;
}

/** `error  encoder.in  message (hint)` */
export function formatDiagnostic({ severity, nodeId, portId, message, hint }: Diagnostic): string {
  const place = nodeId ? ` [${nodeId}${portId ? `.${portId}` : ''}]` : '';
  return `${severity}${place}: ${message}${hint ? ` ${hint}` : ''}`;
}

export function printDiagnostics(terminal: Terminal, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) terminal.err(formatDiagnostic(diagnostic));
}

/** Columns padded to a common width. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
