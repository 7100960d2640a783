import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analyse';
import { hasErrors } from '../../core/diagnostic';
import { EXIT } from '../exitCodes';
import { formatDiagnostic, type Terminal } from '../output';
import type { GraphOptions } from '../applySettings';
import { readGraph } from '../readGraph';

/** `basin check GRAPH`: validates, infers shapes, lints. */
export async function checkCommand(
  terminal: Terminal,
  source: string,
  options: GraphOptions & { readonly json?: boolean },
): Promise<number> {
  const document = await readGraph(source, terminal, options);
  const { diagnostics, formula, parameterCount } = analyse(document, registry);
  const ok = !hasErrors(diagnostics);
  if (options.json) {
    const listed = diagnostics.map(({ code, severity, nodeId, portId, path, message, hint }) => ({
      code,
      severity,
      nodeId,
      portId,
      path,
      message,
      hint,
    }));
    terminal.out(
      JSON.stringify({
        ok,
        diagnostics: listed,
        objective: formula.text,
        parameters: parameterCount,
      }),
    );
  } else {
    for (const diagnostic of diagnostics) terminal.out(formatDiagnostic(diagnostic));
    terminal.out(`Objective: ${formula.text}`);
    terminal.out(`Parameters: ${parameterCount}`);
    terminal.out(ok ? 'The graph is sound.' : 'The graph has errors.');
  }
  return ok ? EXIT.done : EXIT.graph;
}
