import { formatBytes, plural } from '../../core/formatNumber';
import type { ShownPlan } from './kernelsStore';
import styles from './PlanSummary.module.css';

/** What the whole plan costs. */
export function PlanSummary({ plan }: { readonly plan: ShownPlan }) {
  const { listing, compileMs } = plan;
  const figures = [
    [plural(listing.dispatchesPerStep, 'dispatch', 'dispatches'), 'a step'],
    [plural(listing.passesPerStep, 'pass', 'passes'), 'a step'],
    [plural(listing.buffers, 'buffer'), formatBytes(listing.bytes)],
    [formatBytes(listing.peakBytes), 'in use at most'],
    [`${compileMs.toFixed(compileMs < 10 ? 1 : 0)} ms`, 'to compile'],
  ] as const;
  return (
    <ul className={styles.figures} data-testid="plan-summary">
      {figures.map(([value, what]) => (
        <li key={what + value}>
          <b>{value}</b> {what}
        </li>
      ))}
    </ul>
  );
}
