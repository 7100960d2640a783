import { DatasetCache } from '../../compiler/programs/loadData';
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
import { EXIT } from '../exitCodes';
import { jsonText } from '../json';
import { formatTable, type Terminal } from '../output';
import type { GraphOptions } from '../applySettings';
import { readGraph, requireSound } from '../readGraph';
import { readWeightsFile } from '../readWeightsFile';
import { unwrap } from '../unwrap';

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
  const weights = await readWeightsFile(options.weights, analysis, terminal);
  const { engine } = unwrap(terminal, await engineFactory(options.engine)(), EXIT.engine);
  const cache = new DatasetCache();
  const prober = unwrap(
    terminal,
    await Prober.create(analysis, { engine, asset: readAsset, cache, tenfold: true }),
    EXIT.graph,
  );
  const { step } = weights.origin;
  const model = { step: step ?? 0, isStepUnknown: step === null, state: weights.state };
  const report = await prober.probe(model);
  const labels = unwrap(terminal, await prober.probeLabels(model), EXIT.graph);
  prober.dispose();
  engine.dispose();
  if (options.json) terminal.out(jsonText({ ...report, ...labels }));
  else printReport(terminal, report, labels?.linearProbe ?? {}, labels?.knn ?? {});
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
        ...columns.map(([name, { isCount = false }]) => number(values.get(name), isCount)),
        ...more(key, report),
        ...(report.verdict === undefined ? [] : [report.verdict]),
      ];
    }),
  ]);
}

function number(value: unknown, isCount = false): string {
  if (typeof value !== 'number') return '–';
  return isCount ? String(value) : value.toPrecision(4);
}
