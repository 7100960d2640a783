import { Section } from '../../editor/inspector/Section';
import { formatNumber } from '../../core/formatNumber';
import { useEditor, useOverlay } from '../../editor/store/useEditor';
import type { EnergyReport, RepresentationReport } from '../../probing/report';
import { Sparkline } from '../charts/Sparkline';
import { useRun } from '../run/useRun';
import { VerdictMark } from '../verdict/VerdictMark';
import { RankBar } from './RankBar';
import { formatStatistic, healthyUnitRowStd } from './statistics';
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
  const reps = Object.entries(report?.reps ?? {}).filter(([key]) => key.startsWith(`${nodeId}.`));
  const energy = report?.energies[nodeId];
  if (overlay?.value === undefined && reps.length === 0 && energy === undefined) return null;
  return (
    <Section title="Diagnosis">
      {reps.map(([key, rep]) => (
        <Representation
          key={key}
          rep={rep}
          history={(reports ?? []).map(
            ({ reps }) => Object.entries(reps).find(([other]) => other === key)?.[1].meanStd ?? NaN,
          )}
        />
      ))}
      {energy && <Energy energy={energy} />}
      {overlay?.value !== undefined && (
        <dl className={styles.list}>
          <dt>Value in training</dt>
          <dd>
            <Sparkline values={overlay.trace ?? []} label="Its course over the run" />
            {formatNumber(overlay.value)}
          </dd>
        </dl>
      )}
    </Section>
  );
}

function Representation({
  rep,
  history,
}: {
  rep: RepresentationReport;
  history: readonly number[];
}) {
  return (
    <div className={styles.part}>
      <VerdictMark verdict={rep.verdict} />
      <p className={styles.reason}>{rep.reason}</p>
      <dl className={styles.list}>
        <dt>Std, mean</dt>
        <dd>
          <Sparkline values={history} label="Standard deviation over the run" />
          {formatStatistic(rep.meanStd)}
        </dd>
        <dt>Std, least</dt>
        <dd>{formatStatistic(rep.minStd)}</dd>
        <dt>Unit rows, 1/√D</dt>
        <dd>
          {formatStatistic(rep.unitRowStd)}
          <span className={styles.other}>{formatStatistic(healthyUnitRowStd(rep.dim))}</span>
        </dd>
        <dt>Effective rank</dt>
        <dd>
          <RankBar rank={rep.effectiveRank} dim={rep.dim} />
        </dd>
      </dl>
    </div>
  );
}

function Energy({ energy }: { energy: EnergyReport }) {
  return (
    <div className={styles.part}>
      <VerdictMark verdict={energy.verdict} />
      <p className={styles.reason}>{energy.reason}</p>
      <dl className={styles.list}>
        <dt>Data</dt>
        <dd>{formatStatistic(energy.data)}</dd>
        {energy.shuffled !== null && (
          <>
            <dt>Shuffled</dt>
            <dd>{formatStatistic(energy.shuffled)}</dd>
          </>
        )}
        {energy.gap !== null && (
          <>
            <dt>Gap</dt>
            <dd>{formatStatistic(energy.gap)}</dd>
          </>
        )}
      </dl>
    </div>
  );
}
