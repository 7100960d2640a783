import type { LinearProbeReport, ProbeReport } from '../../probing/report';
import {
  ENERGY_STATISTICS,
  INFERENCE_STATISTICS,
  LATENT_STATISTICS,
  MODULE_STATISTICS,
  REPRESENTATION_STATISTICS,
  TERM_STATISTICS,
} from '../../probing/statistics';
import type { StatisticTable } from '../../probing/statistics/statistic';
import { formatTable } from '../output';
import { probeTable } from './probesText';

/** A report as `basin probe` prints it for people: verdicts first, then every statistic, by what it is of. */
export function probeText(report: ProbeReport): string {
  const { reps, energies, inference, latents, modules = {}, gradientShares = {} } = report;
  const groups = [
    judgedTable('representation', REPRESENTATION_STATISTICS, reps, ({ dim }) => [String(dim)], [
      'dim',
    ]),
    judgedTable('energy', ENERGY_STATISTICS, energies),
    `Verdict: ${report.verdict}. ${report.reason}`,
    reasons({ ...reps, ...energies }),
    titled('Representations', statisticsOf(REPRESENTATION_STATISTICS, reps)),
    titled('Spectra, largest to smallest deviation', spectra(reps)),
    titled('Labels: held-out accuracy', labelTable(report)),
    titled('Probes: held-out scores', probeTable(report.probes ?? {})),
    titled('Energies', statisticsOf(ENERGY_STATISTICS, energies)),
    titled('Energies of pairs', pairs(energies)),
    titled('Latents', statisticsOf(LATENT_STATISTICS, latents)),
    titled('Usage of latents', bars(latents)),
    titled('Inference', statisticsOf(INFERENCE_STATISTICS, inference)),
    titled('Modules', statisticsOf(MODULE_STATISTICS, modules)),
    titled(`Terms: ${TERM_STATISTICS.gradientShare.title.toLowerCase()}`, shares(gradientShares)),
  ];
  return groups.filter((group) => group !== '').join('\n\n');
}

interface Judged {
  readonly label: string;
  readonly verdict: string;
  readonly reason: string;
}

/** A row for each report: the statistics that have a text column, and the verdict. */
function judgedTable<Report extends Judged>(
  heading: string,
  statistics: StatisticTable<never>,
  reports: Readonly<Record<string, Report>>,
  more: (report: Report) => readonly string[] = () => [],
  moreHeadings: readonly string[] = [],
): string {
  const columns = Object.entries(statistics).filter(([, { textColumn }]) => textColumn);
  return formatTable([
    [heading, ...columns.map(([, { textColumn = '' }]) => textColumn), ...moreHeadings, 'verdict'],
    ...Object.entries(reports).map(([key, report]) => [
      key,
      ...columns.map(([name, { isCount }]) => number(valueOf(report, name), isCount)),
      ...more(report),
      report.verdict,
    ]),
  ]);
}

function reasons(reports: Readonly<Record<string, Judged>>): string {
  return Object.entries(reports)
    .map(([key, { label, verdict, reason }]) => `${key} (${label}): ${verdict}. ${reason}`)
    .join('\n');
}

/** A row for each statistic that has a value anywhere, a column for each report. */
function statisticsOf(
  statistics: StatisticTable<never>,
  reports: Readonly<Record<string, object>>,
): string[][] {
  const columns = Object.entries(reports);
  const rows = Object.entries(statistics).flatMap(([key, { title, isCount }]) => {
    const values = columns.map(([, report]) => valueOf(report, key));
    const isKnown = values.some((value) => typeof value === 'number');
    return isKnown ? [[title, ...values.map((value) => number(value, isCount))]] : [];
  });
  return rows.length === 0 ? [] : [['', ...columns.map(([key]) => key)], ...rows];
}

/** Always beside the same probe on the initial weights and on the raw input: without these it says nothing. */
function labelTable({ linearProbe = {}, knn = {} }: ProbeReport): string[][] {
  const rows = Object.entries(linearProbe).map(
    ([key, { accuracy, randomInitialisation, rawInput }]: [string, LinearProbeReport]) => [
      key,
      ...[accuracy, randomInitialisation, rawInput, new Map(Object.entries(knn)).get(key)].map(
        (value) => number(value),
      ),
    ],
  );
  const head = ['', 'linear', 'untrained', 'raw input', 'kNN'];
  return rows.length === 0 ? [] : [head, ...rows];
}

function spectra(reps: ProbeReport['reps']): string[][] {
  return Object.entries(reps).map(([key, { spectrum }]) => {
    const [largest = 0] = spectrum;
    return [key, blocks(sampled(spectrum)), `${number(largest)} … ${number(spectrum.at(-1))}`];
  });
}

function pairs(energies: ProbeReport['energies']): string[][] {
  return Object.entries(energies).flatMap(
    ([
      key,
      {
        pairs: { low, high, data, shuffled },
      },
    ]) => {
      const range = `${number(low)} … ${number(high)}`;
      const others = shuffled ? [['', 'others', blocks(shuffled), '']] : [];
      return [[key, 'true', blocks(data), range], ...others];
    },
  );
}

function bars(latents: ProbeReport['latents']): string[][] {
  return Object.entries(latents).flatMap(([key, { usage, divergences }]) => [
    [key, 'usage', blocks(sampled(usage)), `at most ${number(Math.max(0, ...usage))}`],
    ...(divergences
      ? [['', 'KL', blocks(sampled(divergences)), `at most ${number(Math.max(0, ...divergences))}`]]
      : []),
  ]);
}

function shares(ports: NonNullable<ProbeReport['gradientShares']>): string[][] {
  const entries = Object.entries(ports);
  const terms = [...new Set(entries.flatMap(([, byTerm]) => Object.keys(byTerm)))];
  if (terms.length === 0) return [];
  return [
    ['', ...terms],
    ...entries.map(([key, byTerm]) => [
      key,
      ...terms.map((term) => number(byTerm[term]?.gradientShare)),
    ]),
  ];
}

/** A table with a heading; nothing where it has no rows. */
function titled(title: string, rows: string[][]): string {
  return rows.length === 0 ? '' : `${title}\n${formatTable(rows)}`;
}

const LEVELS = '▁▂▃▄▅▆▇█';
const WIDEST = 48;

/** Numbers from 0 as columns of text, the largest the highest; nothing is blank. */
function blocks(values: readonly number[]): string {
  const largest = Math.max(0, ...values);
  return values
    .map((value) => {
      if (!(value > 0)) return ' ';
      return LEVELS.charAt(
        Math.min(LEVELS.length - 1, Math.floor((value / largest) * LEVELS.length)),
      );
    })
    .join('');
}

/** An even choice where there are too many to stand in a line. */
function sampled(values: readonly number[]): readonly number[] {
  if (values.length <= WIDEST) return values;
  return Array.from(
    { length: WIDEST },
    (_, i) => values[Math.floor((i * values.length) / WIDEST)] ?? 0,
  );
}

function valueOf(report: object, key: string): unknown {
  return new Map<string, unknown>(Object.entries(report)).get(key);
}

function number(value: unknown, isCount = false): string {
  if (typeof value !== 'number') return '–';
  return isCount ? String(value) : value.toPrecision(4);
}
