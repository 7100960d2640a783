import {
  ENERGY_EVIDENCE,
  ENERGY_STATISTICS,
  INFERENCE_STATISTICS,
  LATENT_EVIDENCE,
  LATENT_STATISTICS,
  MODULE_STATISTICS,
  REPRESENTATION_EVIDENCE,
  REPRESENTATION_STATISTICS,
} from '../../../probing/statistics';
import type { ReportLook } from '../useReportAt';
import styles from './Details.module.css';
import { GradientShares } from './GradientShares';
import { PartDetails } from './PartDetails';
import { useSubject } from './SubjectChoice';

/** All that is known of one node: what its parts look like, and every statistic with its formula. */
export function Details({ all, index, report }: ReportLook) {
  const subject = useSubject(report);
  if (!subject) return null;
  const { nodeId, label } = subject;
  const history = all.slice(0, index + 1);
  const reps = Object.entries(report.reps).filter(([, rep]) => rep.nodeId === nodeId);
  const energy = report.energies[nodeId];
  const latent = report.latents[nodeId];
  const inference = report.inference[nodeId];
  const module = report.modules?.[nodeId];
  return (
    <div className={styles.details} role="region" aria-label={`Details of ${label}`} tabIndex={0}>
      {reps.map(([key, rep]) => (
        <PartDetails
          key={key}
          label={label}
          report={rep}
          history={history.map((one) => new Map(Object.entries(one.reps)).get(key))}
          statistics={REPRESENTATION_STATISTICS}
          evidence={REPRESENTATION_EVIDENCE}
          extent={rep}
        />
      ))}
      {energy && (
        <PartDetails
          label={label}
          report={energy}
          history={history.map(({ energies }) => energies[nodeId])}
          statistics={ENERGY_STATISTICS}
          evidence={ENERGY_EVIDENCE}
        />
      )}
      {latent && (
        <PartDetails
          label={label}
          report={latent}
          history={history.map(({ latents }) => latents[nodeId])}
          statistics={LATENT_STATISTICS}
          evidence={LATENT_EVIDENCE}
        />
      )}
      {inference && (
        <PartDetails
          label={label}
          report={inference}
          history={history.map((one) => one.inference[nodeId])}
          statistics={INFERENCE_STATISTICS}
        />
      )}
      {module && (
        <PartDetails
          label={label}
          report={module}
          history={history.map(({ modules }) => modules?.[nodeId])}
          statistics={MODULE_STATISTICS}
        />
      )}
      <GradientShares report={report} nodeId={nodeId} />
    </div>
  );
}
