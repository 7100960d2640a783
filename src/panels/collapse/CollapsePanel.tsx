import { Activity } from 'lucide-react';
import { useMemo } from 'react';
import { formatWhole } from '../../core/formatNumber';
import { StepChart } from '../charts/StepChart';
import { DockTools } from '../DockTools';
import { EmptyPanel } from '../EmptyPanel';
import { useRun } from '../run/useRun';
import { VerdictMark } from '../verdict/VerdictMark';
import { EnergyTable } from './EnergyTable';
import { reportCharts } from './reportSeries';
import type { ReportChart } from './reportSeries';
import { RepresentationTable } from './RepresentationTable';
import styles from './Collapse.module.css';

/** Whether the energy landscape is learned or collapsed, with the evidence. */
export function CollapsePanel() {
  const report = useRun((state) => state.report);
  const running = useRun(({ state, probing }) => probing || state === 'running');
  const all = useRun(({ reports, report }) => (report === null ? null : reports.all));
  const charts = useMemo(() => reportCharts(all ?? []), [all]);

  if (report === null) {
    return (
      <EmptyPanel
        icon={<Activity size={20} strokeWidth={1.5} aria-hidden />}
        title={running ? 'The first diagnosis is being computed' : 'No diagnosis yet'}
      >
        While the graph trains, held-out data tells here whether each representation keeps its
        spread and its dimensions, and whether each energy tells true pairs from shuffled ones.
      </EmptyPanel>
    );
  }
  return (
    <div className={styles.panel}>
      <DockTools>
        <span className={styles.when}>Step {formatWhole(report.step)} · held-out data</span>
      </DockTools>
      <div className={styles.evidence}>
        <div className={styles.overall}>
          <VerdictMark verdict={report.verdict} chip />
          <p className={styles.reason}>{report.reason}</p>
        </div>
        <RepresentationTable reps={report.reps} />
        <EnergyTable energies={report.energies} />
      </div>
      <div className={styles.history}>
        {charts.map((chart) => (
          <HistoryChart key={chart.title} chart={chart} />
        ))}
      </div>
    </div>
  );
}

function HistoryChart({ chart: { title, hint, steps, curves } }: { chart: ReportChart }) {
  return (
    <figure className={styles.figure}>
      <figcaption data-tip={hint}>{title}</figcaption>
      <div className={styles.chart}>
        <StepChart
          label={`${title} over ${steps.length} evaluations`}
          steps={steps}
          curves={curves}
        />
      </div>
    </figure>
  );
}
