import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { hasErrors, type Diagnostic } from '../../core/diagnostic';
import { EXIT } from '../exitCodes';
import { jsonText } from '../json';
import { formatDiagnostic, type Terminal } from '../output';
import { applySettings, type GraphOptions } from '../applySettings';
import { tryReadGraph } from '../readGraph';

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
  const document = applySettings(read.value, options, registry);
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
    const listed = diagnostics.map(
      ({ code, severity, nodeId, portId, path, message, hint, remedy }) => ({
        code,
        severity,
        nodeId,
        portId,
        path,
        message,
        hint,
        remedy: remedy?.label,
      }),
    );
    terminal.out(jsonText({ ok, diagnostics: listed, objective, parameters }));
  } else {
    for (const diagnostic of diagnostics) terminal.out(formatDiagnostic(diagnostic));
    if (objective !== '') terminal.out(`Objective: ${objective}`);
    if (objective !== '') terminal.out(`Parameters: ${parameters}`);
    terminal.out(ok ? 'The graph is sound.' : 'The graph has errors.');
  }
}
