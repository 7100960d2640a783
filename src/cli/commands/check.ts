import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { hasErrors, type Diagnostic } from '../../core/diagnostic';
import { plural } from '../../core/formatNumber';
import { EXIT } from '../exitCodes';
import { listedDiagnostic } from '../failure';
import { jsonText } from '../json';
import { formatDiagnostic, type Terminal } from '../output';
import type { GraphOptions } from '../applySettings';
import { changedDocument, tryReadGraph } from '../readGraph';

/** `basin check GRAPH`: validates, infers shapes, lints. */
export async function checkCommand(
  terminal: Terminal,
  source: string,
  options: GraphOptions & { readonly json?: boolean },
): Promise<number> {
  const read = await tryReadGraph(source, terminal);
  if (!read.ok) {
    printFindings(
      terminal,
      { diagnostics: read.diagnostics, objective: '', parameters: 0 },
      options,
    );
    return EXIT.graph;
  }
  const document = await changedDocument(read.value, options, terminal);
  const { diagnostics, formula, parameterCount } = analyse(document, registry);
  const findings = {
    diagnostics: [...read.diagnostics, ...diagnostics],
    objective: formula.text,
    parameters: parameterCount,
  };
  printFindings(terminal, findings, options);
  return hasErrors(findings.diagnostics) ? EXIT.graph : EXIT.done;
}

interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  /** Empty for what is no document. */
  readonly objective: string;
  readonly parameters: number;
}

function printFindings(
  terminal: Terminal,
  { diagnostics, objective, parameters }: Findings,
  options: { readonly json?: boolean },
): void {
  const ok = !hasErrors(diagnostics);
  if (options.json) {
    const listed = diagnostics.map(listedDiagnostic);
    terminal.out(jsonText({ ok, diagnostics: listed, objective, parameters }));
  } else {
    for (const diagnostic of diagnostics) terminal.out(formatDiagnostic(diagnostic));
    if (objective !== '') terminal.out(`Objective: ${objective}`);
    if (objective !== '') terminal.out(`Parameters: ${parameters}`);
    terminal.out(summary(diagnostics));
  }
}

function summary(diagnostics: readonly Diagnostic[]): string {
  if (hasErrors(diagnostics)) return 'The graph has errors.';
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
  if (warnings === 0) return 'The graph is sound.';
  return `The graph has no errors, but ${plural(warnings, 'warning')}.`;
}
