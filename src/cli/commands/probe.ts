import { readFile } from 'node:fs/promises';
import { compileEvaluation } from '../../compiler/programs/compileEvaluation';
import { isOptimizerState } from '../../compiler/optimizer/optimize';
import { DatasetCache } from '../../compiler/programs/loadData';
import type { Result } from '../../core/result';
import { readWeights } from '../../interop/weightsFile';
import { Prober } from '../../probing/prober';
import type { ProbeReport } from '../../probing/report';
import {
  ENERGY_STATISTICS,
  INFERENCE_STATISTICS,
  REPRESENTATION_STATISTICS,
} from '../../probing/statistics';
import type { StatisticTable } from '../../probing/statistics/statistic';
import { readAsset } from '../assets';
import { engineFactory } from '../engines';
import { CommandError, EXIT } from '../exitCodes';
import { jsonText } from '../json';
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
    await Prober.create(analysis, { engine, asset: readAsset, cache, tenfold: true }),
    EXIT.graph,
  );
  const { step } = weights.origin;
  const model = { step: step ?? 0, isStepUnknown: step === null, state: weights.state };
  const report = await prober.probe(model);
  const labels = unwrap(await prober.probeLabels(model), EXIT.graph);
  prober.dispose();
  engine.dispose();
  if (options.json) terminal.out(jsonText({ ...report, ...labels }));
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
  terminal.out(
    statisticsTable(
      'representation',
      REPRESENTATION_STATISTICS,
      report.reps,
      ['dim', 'linear', 'kNN'],
      (key, { dim }) => [String(dim), number(linearProbe[key]?.accuracy), number(knn[key])],
    ),
  );
  terminal.out('');
  terminal.out(statisticsTable('energy', ENERGY_STATISTICS, report.energies, [], () => []));
  terminal.out('');
  if (Object.keys(report.inference).length > 0) {
    const table = statisticsTable('latent', INFERENCE_STATISTICS, report.inference, [], () => []);
    terminal.out(table);
    terminal.out('');
  }
  terminal.out(`Verdict: ${report.verdict}. ${report.reason}`);
}

/** A row for each report, with the statistics that have a text column and what `more` adds. */
function statisticsTable<Report extends { readonly label: string; readonly verdict?: string }>(
  heading: string,
  statistics: StatisticTable<never>,
  reports: Readonly<Record<string, Report>>,
  moreHeadings: readonly string[],
  more: (key: string, report: Report) => readonly string[],
): string {
  const columns = Object.entries(statistics).filter(([, { textColumn }]) => textColumn);
  const judged = Object.values(reports).some(({ verdict }) => verdict !== undefined);
  return formatTable([
    [
      heading,
      ...columns.map(([, { textColumn = '' }]) => textColumn),
      ...moreHeadings,
      ...(judged ? ['verdict'] : []),
    ],
    ...Object.entries(reports).map(([key, report]) => {
      const values = new Map<string, unknown>(Object.entries(report));
      return [
        key,
        ...columns.map(([name]) => number(values.get(name))),
        ...more(key, report),
        ...(report.verdict === undefined ? [] : [report.verdict]),
      ];
    }),
  ]);
}

function number(value: unknown): string {
  return typeof value === 'number' ? value.toPrecision(4) : '–';
}
