import { Activity, Download } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { useEditor } from '../../editor/store/useEditor';
import { IconButton } from '../../editor/ui/IconButton';
import { SaveFigure } from '../charts/SaveFigure';
import { DockTools } from '../DockTools';
import { download, fileName } from '../download';
import { EmptyPanel } from '../EmptyPanel';
import { useRun } from '../run/useRun';
import { usePanelState } from '../usePanelState';
import { useJudgement, useOverallJudgement } from '../verdict/useJudgement';
import { AsideSwitch, type Aside } from './AsideSwitch';
import styles from './Collapse.module.css';
import { Comparison } from './comparison/Comparison';
import { Details } from './details/Details';
import { SubjectChoice } from './details/SubjectChoice';
import { HistoryChart } from './HistoryChart';
import { reportCsv } from './reportCsv';
import { reportCharts } from './reportSeries';
import { ReportTables } from './ReportTables';
import { StepScrubber } from './StepScrubber';
import { useReportAt, type ReportLook } from './useReportAt';
import { VerdictLine } from './VerdictLine';

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

function Diagnosis(look: ReportLook) {
  const [aside, setAside] = usePanelState<Aside>('collapse.aside', 'run');
  const title = useEditor(({ document }) => document.title);
  const shown = useRef<HTMLDivElement>(null);
  return (
    <>
      <DockTools>
        <StepScrubber {...look} />
        <IconButton
          label="Save the statistics as CSV"
          onClick={() => download(fileName(title, 'csv'), reportCsv(look.all), 'text/csv')}
        >
          <Download size={15} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <SaveFigure label="Save the diagnosis as a picture" parts={() => [shown.current]} />
      </DockTools>
      <div ref={shown} className={styles.whole}>
        {aside === 'comparison' ? (
          <Comparison look={look}>
            <AsideSwitch value={aside} onChange={setAside} />
          </Comparison>
        ) : (
          <Evidence look={look} aside={aside} setAside={setAside} />
        )}
      </div>
    </>
  );
}

interface EvidenceProps {
  readonly look: ReportLook;
  readonly aside: Exclude<Aside, 'comparison'>;
  setAside(aside: Aside): void;
}

/** The tables, and beside them the course of the run or all that is known of one node. */
function Evidence({ look, aside, setAside }: EvidenceProps) {
  const { all, report, isLatest } = look;
  const charts = useMemo(() => reportCharts(all), [all]);
  return (
    <div className={styles.panel} data-aside={aside}>
      <div className={styles.evidence}>
        {isLatest ? <LatestVerdict /> : <Verdict {...report} />}
        <ReportTables report={report} />
      </div>
      <div className={styles.aside}>
        <AsideSwitch value={aside} onChange={setAside}>
          {aside === 'details' && <SubjectChoice report={report} />}
        </AsideSwitch>
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
