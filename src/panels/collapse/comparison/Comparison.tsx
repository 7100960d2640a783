import { Columns2 } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { formatWhole } from '../../../core/formatNumber';
import { SelectField } from '../../../editor/fields/SelectField';
import { useEditor, useEditorStore } from '../../../editor/store/useEditor';
import type { ProbeReport } from '../../../probing/report';
import { documentDifference } from '../../../runs/documentDifference';
import type { RunRecord } from '../../../runs/runRecord';
import { EmptyPanel } from '../../EmptyPanel';
import { Differences } from '../../runs/Differences';
import { shownJudgement, type Standing } from '../../verdict/standing';
import { useJudgement, useOverallJudgement } from '../../verdict/useJudgement';
import tables from '../Collapse.module.css';
import { HistoryChart } from '../HistoryChart';
import { reportCharts, type ReportChart } from '../reportSeries';
import { ReportTables } from '../ReportTables';
import type { ReportLook } from '../useReportAt';
import { VerdictLine } from '../VerdictLine';
import { commonRows } from './commonRows';
import styles from './Comparison.module.css';
import { useComparison, type ComparisonChoice } from './useComparison';

interface ComparisonProps {
  /** Of the open run. */
  readonly look: ReportLook;
  /** The way back to the panel's other looks. */
  readonly children: ReactNode;
}

/** An ablation, before and after: the open run beside one that was kept, the same rows at the same step on the same scales. */
export function Comparison({ look, children }: ComparisonProps) {
  const choice = useComparison();
  const { runs, run, reports } = choice;
  if (run === null || (reports !== null && reports.length === 0)) {
    return (
      <div className={styles.empty}>
        {children}
        {runs !== null && (
          <EmptyPanel
            icon={<Columns2 size={20} strokeWidth={1.5} aria-hidden />}
            title="Nothing to compare with yet"
          >
            Bypass a node or change a weight and run again: what was and what became of it will
            stand here side by side. Every judged run of another graph than this one can be chosen.
          </EmptyPanel>
        )}
      </div>
    );
  }
  return (
    <div className={styles.comparison}>
      <header className={styles.head}>
        {children}
        <WhatDiffers run={run} />
      </header>
      {reports !== null && <Sides look={look} run={run} reports={reports} choice={choice} />}
    </div>
  );
}

/** What makes the open graph out of the other one, in words. */
function WhatDiffers({ run }: { run: RunRecord }) {
  const { registry } = useEditorStore();
  const document = useEditor((state) => state.document);
  const differences = useMemo(
    () => documentDifference(run.document, document, registry),
    [run.document, document, registry],
  );
  return (
    <div className={styles.differences} role="group" aria-label="What differs">
      <Differences differences={differences} />
    </div>
  );
}

interface SidesProps {
  readonly look: ReportLook;
  readonly run: RunRecord;
  readonly reports: readonly ProbeReport[];
  readonly choice: ComparisonChoice;
}

function Sides({ look, run, reports, choice }: SidesProps) {
  const { report, isLatest, all } = look;
  const earlier = reportAt(reports, report.step);
  const rows = useMemo(() => commonRows(earlier, report), [earlier, report]);
  const [before, after] = useMemo(() => [reportCharts(reports), reportCharts(all)], [reports, all]);
  const scales = useMemo(() => commonScales([...before, ...after]), [before, after]);
  const standing: Standing = earlier.step === 0 ? 'untrained' : 'stands';
  return (
    <>
      <Side
        name="Before"
        title={
          <SelectField
            id="compared-run"
            label="Run to compare with"
            value={run.id}
            options={(choice.runs ?? []).map(({ id }) => id)}
            titles={Object.fromEntries((choice.runs ?? []).map((one) => [one.id, nameOf(one)]))}
            onChange={(id) => choice.choose(id)}
          />
        }
        report={earlier}
        verdict={<VerdictLine judgement={shownJudgement(earlier, standing)} />}
        standing={standing}
        rows={rows}
        charts={before}
        scales={scales}
        mark={earlier.step}
      />
      <Side
        name="After"
        title="This run"
        report={report}
        verdict={<AfterVerdict report={report} isLatest={isLatest} />}
        rows={rows}
        charts={after}
        scales={scales}
        mark={isLatest ? null : report.step}
      />
    </>
  );
}

interface SideProps {
  readonly name: string;
  readonly title: ReactNode;
  readonly report: ProbeReport;
  readonly verdict: ReactNode;
  readonly standing?: Standing;
  readonly rows: ReturnType<typeof commonRows>;
  readonly charts: readonly ReportChart[];
  /** By title of a chart. */
  readonly scales: ReadonlyMap<string, readonly number[]>;
  readonly mark: number | null;
}

function Side(props: SideProps) {
  const { name, title, report, verdict, standing, rows, charts, scales, mark } = props;
  return (
    <section className={styles.side} aria-label={name}>
      <h3 className={styles.title}>
        {name} <span>{title}</span>
        <small>Step {formatWhole(report.step)}</small>
      </h3>
      {verdict}
      <div className={tables.narrow}>
        <ReportTables report={report} rows={rows} standing={standing} />
      </div>
      <div className={styles.charts}>
        {charts.map((chart) => (
          <HistoryChart
            key={chart.title}
            chart={chart}
            mark={mark}
            including={scales.get(chart.title) ?? []}
          />
        ))}
      </div>
    </section>
  );
}

function AfterVerdict({ report, isLatest }: { report: ProbeReport; isLatest: boolean }) {
  const latest = useOverallJudgement();
  const shown = useJudgement(report);
  const judgement = isLatest ? latest : shown;
  return judgement && <VerdictLine judgement={judgement} />;
}

/** The last report up to a step, or the first. */
function reportAt(reports: readonly ProbeReport[], step: number): ProbeReport {
  const until = reports.findLast((one) => one.step <= step) ?? reports[0];
  if (until === undefined) throw new RangeError('a run without reports');
  return until;
}

/** The least and the greatest value of charts of one title, so that they can be drawn on one scale. */
function commonScales(charts: readonly ReportChart[]): ReadonlyMap<string, readonly number[]> {
  const scales = new Map<string, readonly number[]>();
  for (const { title, curves } of charts) {
    const values = curves.flatMap(({ points }) =>
      points.filter((point): point is number => typeof point === 'number'),
    );
    if (values.length === 0) continue;
    const known = scales.get(title) ?? [];
    scales.set(title, [Math.min(...known, ...values), Math.max(...known, ...values)]);
  }
  return scales;
}

function nameOf({ name, document, judgement }: RunRecord): string {
  const verdict = judgement === null ? '' : `, ${judgement.verdict}`;
  return `${name}, seed ${document.training.seed}${verdict}`;
}
