import { Activity, Download } from 'lucide-react';
import { useMemo } from 'react';
import { formatWhole } from '../../core/formatNumber';
import { useEditor } from '../../editor/store/useEditor';
import { IconButton } from '../../editor/ui/IconButton';
import { ENERGY_STATISTICS, REPRESENTATION_STATISTICS } from '../../probing/statistics';
import { StepChart } from '../charts/StepChart';
import { DockTools } from '../DockTools';
import { download, fileName } from '../download';
import { EmptyPanel } from '../EmptyPanel';
import { useRun } from '../run/useRun';
import { useOverallJudgement } from '../verdict/useJudgement';
import { JudgementMark } from '../verdict/VerdictMark';
import { reportCsv } from './reportCsv';
import { reportCharts } from './reportSeries';
import type { ReportChart } from './reportSeries';
import { ReportTable } from './ReportTable';
import styles from './Collapse.module.css';

/** Whether the energy landscape is learned or collapsed, with the evidence. */
export function CollapsePanel() {
  const report = useRun((state) => state.report);
  const judgement = useOverallJudgement();
  const running = useRun(({ state, probing }) => probing || state === 'running');
  const all = useRun(({ reports, report }) => (report === null ? null : reports.all));
  const title = useEditor(({ document }) => document.title);
  const charts = useMemo(() => reportCharts(all ?? []), [all]);

  if (report === null || judgement === null) {
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
        <IconButton
          label="Save the statistics as CSV"
          onClick={() => download(fileName(title, 'csv'), reportCsv(all ?? []), 'text/csv')}
        >
          <Download size={15} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </DockTools>
      <div className={styles.evidence}>
        <div className={styles.overall}>
          <JudgementMark {...judgement} reason="" chip />
          <p className={styles.reason}>{judgement.reason}</p>
        </div>
        <ReportTable
          heading="Representation"
          statistics={REPRESENTATION_STATISTICS}
          reports={report.reps}
          extents={report.reps}
          role="module"
        />
        <ReportTable
          heading="Energy"
          statistics={ENERGY_STATISTICS}
          reports={report.energies}
          role="energy"
        />
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
