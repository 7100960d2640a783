import { readFile } from 'node:fs/promises';
import { compileEvaluation } from '../../compiler/programs/compileEvaluation';
import { isOptimizerState } from '../../compiler/optimizer/optimize';
import { DatasetCache } from '../../compiler/programs/loadData';
import type { Result } from '../../core/result';
import { readWeights } from '../../interop/weightsFile';
import { Prober } from '../../probing/prober';
import type { ProbeReport } from '../../probing/report';
import { readAsset } from '../assets';
import { engineFactory } from '../engines';
import { CommandError, EXIT } from '../exitCodes';
import { formatDiagnostic, formatTable, printDiagnostics, type Terminal } from '../output';
import type { GraphOptions } from '../applySettings';
import { readGraph, requireSound } from '../readGraph';

interface ProbeOptions extends GraphOptions {
  readonly weights: string;
  readonly engine: string;
  readonly json?: boolean;
}

/** `basin probe GRAPH --weights W`: diagnostics of trained weights on held-out data. */
export async function probeCommand(
  terminal: Terminal,
  source: string,
  options: ProbeOptions,
): Promise<void> {
  const analysis = requireSound(await readGraph(source, terminal, options), terminal);
  const bytes = await readFile(options.weights).catch(() => {
    throw new CommandError(`The weights file “${options.weights}” cannot be read.`, EXIT.usage);
  });
  const evaluation = unwrap(compileEvaluation(analysis), EXIT.graph);
  const weights = unwrap(
    readWeights(bytes, evaluation.program.state, isOptimizerState),
    EXIT.graph,
  );
  const { engine } = unwrap(await engineFactory(options.engine)(), EXIT.engine);
  const cache = new DatasetCache();
  const prober = unwrap(
    await Prober.create(analysis, { engine, asset: readAsset, cache }),
    EXIT.graph,
  );
  const model = { step: weights.origin.step ?? 0, state: weights.state };
  const report = await prober.probe(model);
  const labels = unwrap(await prober.probeLabels(model), EXIT.graph);
  prober.dispose();
  engine.dispose();
  if (options.json) terminal.out(JSON.stringify({ ...report, ...labels }));
  else printReport(terminal, report, labels?.linearProbe ?? {}, labels?.knn ?? {});

  function unwrap<T>(result: Result<T>, exitCode: number): T {
    if (!result.ok) {
      throw new CommandError(result.diagnostics.map(formatDiagnostic).join('\n'), exitCode);
    }
    printDiagnostics(
      terminal,
      result.diagnostics.filter(({ severity }) => severity !== 'info'),
    );
    return result.value;
  }
}

function printReport(
  terminal: Terminal,
  report: ProbeReport,
  linearProbe: Readonly<Record<string, { readonly accuracy: number }>>,
  knn: Readonly<Record<string, number>>,
): void {
  const number = (value: number | null | undefined): string =>
    value === null || value === undefined ? '–' : value.toPrecision(4);
  terminal.out(
    formatTable([
      ['representation', 'std', 'rank', 'dim', 'linear', 'kNN', 'verdict'],
      ...Object.entries(report.reps).map(([key, rep]) => [
        key,
        number(rep.meanStd),
        number(rep.effectiveRank),
        String(rep.dim),
        number(linearProbe[key]?.accuracy),
        number(knn[key]),
        rep.verdict,
      ]),
    ]),
  );
  terminal.out('');
  terminal.out(
    formatTable([
      ['energy', 'data', 'shuffled', 'gap', 'verdict'],
      ...Object.entries(report.energies).map(([id, energy]) => [
        id,
        number(energy.data),
        number(energy.shuffled),
        number(energy.gap),
        energy.verdict,
      ]),
    ]),
  );
  terminal.out('');
  terminal.out(`Verdict: ${report.verdict}. ${report.reason}`);
}
