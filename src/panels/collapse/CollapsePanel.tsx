import { Activity, Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useEditor } from '../../editor/store/useEditor';
import { IconButton } from '../../editor/ui/IconButton';
import {
  ENERGY_EVIDENCE,
  ENERGY_STATISTICS,
  REPRESENTATION_EVIDENCE,
  REPRESENTATION_STATISTICS,
} from '../../probing/statistics';
import { StepChart } from '../charts/StepChart';
import { DockTools } from '../DockTools';
import { download, fileName } from '../download';
import { EmptyPanel } from '../EmptyPanel';
import { useRun } from '../run/useRun';
import { useJudgement, useOverallJudgement } from '../verdict/useJudgement';
import { JudgementMark } from '../verdict/VerdictMark';
import styles from './Collapse.module.css';
import { Details } from './details/Details';
import { SubjectChoice } from './details/SubjectChoice';
import { reportCsv } from './reportCsv';
import { reportCharts } from './reportSeries';
import type { ReportChart } from './reportSeries';
import { ReportTable } from './ReportTable';
import { StepScrubber } from './StepScrubber';
import { useReportAt, type ReportLook } from './useReportAt';

/** Whether the energy landscape is learned or collapsed, with the evidence. */
export function CollapsePanel() {
  const look = useReportAt();
  const running = useRun(({ state, probing }) => probing || state === 'running');
  if (look === null) {
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
  return <Diagnosis {...look} />;
}

/** What stands beside the tables. */
const ASIDES = { run: 'Over the run', details: 'Details' } as const;

function Diagnosis(look: ReportLook) {
  const { all, report, isLatest } = look;
  const title = useEditor(({ document }) => document.title);
  const [aside, setAside] = useState<keyof typeof ASIDES>('run');
  const charts = useMemo(() => reportCharts(all), [all]);
  return (
    <div className={styles.panel} data-aside={aside}>
      <DockTools>
        <StepScrubber {...look} />
        <IconButton
          label="Save the statistics as CSV"
          onClick={() => download(fileName(title, 'csv'), reportCsv(all), 'text/csv')}
        >
          <Download size={15} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </DockTools>
      <div className={styles.evidence}>
        {isLatest ? <LatestVerdict /> : <Verdict {...report} />}
        <ReportTable
          heading="Representation"
          statistics={REPRESENTATION_STATISTICS}
          evidence={REPRESENTATION_EVIDENCE}
          reports={report.reps}
          extents={report.reps}
          role="module"
        />
        <ReportTable
          heading="Energy"
          statistics={ENERGY_STATISTICS}
          evidence={ENERGY_EVIDENCE}
          reports={report.energies}
          role="energy"
        />
      </div>
      <div className={styles.aside}>
        <div className={styles.switch} role="group" aria-label="Beside the tables">
          {Object.entries(ASIDES).map(([id, name]) => (
            <button
              key={id}
              type="button"
              aria-pressed={aside === id}
              onClick={() => setAside(id as keyof typeof ASIDES)}
            >
              {name}
            </button>
          ))}
          {aside === 'details' && <SubjectChoice report={report} />}
        </div>
        {aside === 'details' ? (
          <Details {...look} />
        ) : (
          <div className={styles.history}>
            {charts.map((chart) => (
              <HistoryChart key={chart.title} chart={chart} mark={isLatest ? null : report.step} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** Of the latest report, with what has happened since. */
function LatestVerdict() {
  const judgement = useOverallJudgement();
  return judgement && <VerdictLine judgement={judgement} />;
}

/** Of an earlier report. */
function Verdict({ verdict, reason }: ReportLook['report']) {
  return <VerdictLine judgement={useJudgement({ verdict, reason })} />;
}

function VerdictLine({ judgement }: { judgement: ReturnType<typeof useJudgement> }) {
  return (
    <div className={styles.overall}>
      <JudgementMark {...judgement} reason="" chip />
      <p className={styles.reason} data-tip={judgement.reason}>
        {judgement.reason}
      </p>
    </div>
  );
}

interface HistoryChartProps {
  readonly chart: ReportChart;
  /** The step that is looked at; null where that is the latest. */
  readonly mark: number | null;
}

function HistoryChart({ chart: { title, hint, steps, curves }, mark }: HistoryChartProps) {
  return (
    <figure className={styles.figure}>
      <figcaption data-tip={hint}>{title}</figcaption>
      <div className={styles.chart}>
        <StepChart
          label={`${title} over ${steps.length} evaluations`}
          steps={steps}
          curves={curves}
          mark={mark}
        />
      </div>
    </figure>
  );
}
