import { planNumbers } from '../../codegen/report/planNumbers';
import { planProgram } from '../../codegen/planProgram';
import { printPlan, printSources } from '../../codegen/report/printPlan';
import { compileTraining } from '../../compiler/programs/compileTraining';
import { printGraph } from '../../compiler/analysis/printGraph';
import { printProgram } from '../../ir/print';
import { EXIT } from '../exitCodes';
import { CommandError } from '../failure';
import { jsonText } from '../json';
import type { Terminal } from '../output';
import type { GraphOptions } from '../applySettings';
import { readGraph, requireSound } from '../readGraph';

export const PRINTS = ['plan', 'ir', 'wgsl', 'graph'] as const;
export type Print = (typeof PRINTS)[number];

/** `basin compile GRAPH`: the training step as a plan of kernels, as IR or as WGSL; or the graph with its types. */
export async function compileCommand(
  terminal: Terminal,
  source: string,
  { print = 'plan', json = false, ...options }: GraphOptions & { print?: Print; json?: boolean },
): Promise<void> {
  const analysis = requireSound(await readGraph(source, terminal, options), terminal);
  if (print === 'graph') {
    const graph = printGraph(analysis).trimEnd();
    terminal.out(json ? jsonText({ graph }) : graph);
    return;
  }
  const start = performance.now();
  const training = compileTraining(analysis);
  if (!training.ok) {
    throw CommandError.of(training.diagnostics, EXIT.graph);
  }
  if (print === 'ir') {
    const ir = printProgram(training.value.program).trimEnd();
    terminal.out(json ? jsonText({ ir }) : ir);
    return;
  }
  const plan = planProgram(training.value.program);
  const compileMs = Math.round((performance.now() - start) * 10) / 10;
  if (print === 'wgsl') {
    const kernels = plan.sections.flatMap((section) => section.kernels);
    terminal.out(
      json
        ? jsonText(kernels.map(({ name, kind, nodes, wgsl }) => ({ name, kind, nodes, wgsl })))
        : printSources(plan).trimEnd(),
    );
    return;
  }
  terminal.out(
    json
      ? jsonText({ ...planNumbers(plan), compileMs })
      : `${printPlan(plan).trimEnd()}\ncompiled in ${compileMs} ms`,
  );
}
