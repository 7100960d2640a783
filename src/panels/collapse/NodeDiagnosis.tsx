import { Section } from '../../editor/inspector/Section';
import { formatNumber } from '../../core/formatNumber';
import { useEditor, useOverlay } from '../../editor/store/useEditor';
import type { EnergyReport, ProbeReport, RepresentationReport } from '../../probing/report';
import {
  ENERGY_STATISTICS,
  INFERENCE_STATISTICS,
  LATENT_STATISTICS,
  MODULE_STATISTICS,
  REPRESENTATION_STATISTICS,
} from '../../probing/statistics';
import type { Extent, StatisticTable } from '../../probing/statistics/statistic';
import { Sparkline } from '../charts/Sparkline';
import { useRun } from '../run/useRun';
import { useJudgement } from '../verdict/useJudgement';
import { JudgementMark } from '../verdict/VerdictMark';
import { statisticOf, statisticTip, type ShownStatistic } from './statisticColumns';
import { StatisticHelp } from './StatisticHelp';
import { StatisticValue } from './StatisticValue';
import styles from './NodeDiagnosis.module.css';

/** What the run shows of the one node that is selected; nothing when it shows nothing. For the inspector. */
export function NodeDiagnosis() {
  const nodeId = useEditor(({ selection }) =>
    selection.nodes.size === 1 ? ([...selection.nodes][0] ?? null) : null,
  );
  return nodeId === null ? null : <Diagnosis key={nodeId} nodeId={nodeId} />;
}

function Diagnosis({ nodeId }: { nodeId: string }) {
  const overlay = useOverlay(nodeId);
  const reports = useRun(({ reports, report }) => (report === null ? null : reports.all));
  const report = reports?.at(-1);
  const reps = Object.entries(report?.reps ?? {}).filter(([, rep]) => rep.nodeId === nodeId);
  const energy = report?.energies[nodeId];
  const lists = [
    listOf(INFERENCE_STATISTICS, ({ inference }) => inference[nodeId]),
    listOf(LATENT_STATISTICS, ({ latents }) => latents[nodeId]),
    listOf(MODULE_STATISTICS, ({ modules }) => modules?.[nodeId]),
  ].flatMap((list) => list ?? []);
  const evidence = reps.length > 0 || energy !== undefined || lists.length > 0;
  if (overlay?.value === undefined && !evidence) return null;
  return (
    <Section title="Diagnosis">
      {reps.map(([key, rep]) => (
        <Evidence
          key={key}
          report={rep}
          statistics={REPRESENTATION_STATISTICS}
          extent={rep}
          history={(reports ?? []).map((one) => new Map(Object.entries(one.reps)).get(key))}
        />
      ))}
      {energy && (
        <Evidence
          report={energy}
          statistics={ENERGY_STATISTICS}
          extent={null}
          history={(reports ?? []).map(({ energies }) => energies[nodeId])}
        />
      )}
      {lists.map((list, index) => (
        <div key={index} className={styles.part}>
          <StatisticList {...list} />
        </div>
      ))}
      {overlay?.value !== undefined && (
        <dl className={styles.list}>
          <div className={styles.row}>
            <dt>Value in training</dt>
            <dd>
              <Sparkline values={overlay.trace ?? []} label="Its course over the run" />
              {formatNumber(overlay.value)}
            </dd>
          </div>
        </dl>
      )}
    </Section>
  );

  function listOf(
    statistics: StatisticTable<never>,
    part: (report: ProbeReport) => object | undefined,
  ): (StatisticListProps & { readonly report: object }) | null {
    const own = report && part(report);
    return own
      ? { report: own, statistics, extent: null, history: (reports ?? []).map(part) }
      : null;
  }
}

interface StatisticListProps {
  readonly report: object;
  readonly statistics: StatisticTable<never>;
  readonly extent: Extent | null;
  /** The same in the reports so far, oldest first. */
  readonly history: readonly (object | undefined)[];
}

/** A verdict with its reason, and the numbers behind it. */
function Evidence(
  props: StatisticListProps & { readonly report: RepresentationReport | EnergyReport },
) {
  const judgement = useJudgement(props.report);
  return (
    <div className={styles.part}>
      <JudgementMark {...judgement} reason="" />
      <p className={styles.reason}>{judgement.reason}</p>
      <StatisticList {...props} />
    </div>
  );
}

function StatisticList({ report, statistics, extent, history }: StatisticListProps) {
  const entries: [string, ShownStatistic][] = Object.entries(statistics);
  const shown = entries.filter(([key, { detail }]) => detail && statisticOf(report, key) !== null);
  return (
    <>
      <dl className={styles.list}>
        {shown.map(([key, statistic]) => (
          <div key={key} className={styles.row}>
            <dt data-tip={statisticTip(statistic)}>
              {[statistic.title, statistic.reference?.symbol].filter(Boolean).join(', ')}
            </dt>
            <dd>
              {statistic.chart && !statistic.bound && (
                <Sparkline
                  values={history.map((one) => (one && statisticOf(one, key)) ?? NaN)}
                  label={`${statistic.title} over the run`}
                />
              )}
              <StatisticValue
                statistic={statistic}
                value={statisticOf(report, key)}
                extent={extent}
              />
            </dd>
          </div>
        ))}
      </dl>
      <StatisticHelp statistics={shown.map(([, statistic]) => statistic)} />
    </>
  );
}
