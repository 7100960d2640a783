import { useEditor } from '../../../editor/store/useEditor';
import type { ProbeReport, TermReport } from '../../../probing/report';
import { TERM_STATISTICS } from '../../../probing/statistics';
import { Tex } from '../../../editor/ui/Tex';
import { statisticTip } from '../statisticColumns';
import styles from './Details.module.css';

interface GradientSharesProps {
  readonly report: ProbeReport;
  /** The node that is looked at. */
  readonly nodeId: string;
}

/** Which term of the objective pulls how hard at each representation: stacked bars. */
export function GradientShares({ report, nodeId }: GradientSharesProps) {
  const kinds = useEditor(({ document }) => document.nodes.map(({ id, kind }) => `${id} ${kind}`));
  const ports = Object.entries(report.gradientShares ?? {});
  if (ports.length === 0) return null;
  const { gradientShare } = TERM_STATISTICS;
  const terms = new Map(ports.flatMap(([, shares]) => Object.entries(shares)));
  const ids = [...terms.keys()];
  const colourOf = (id: string): string => {
    const kind = kinds.find((one) => one.startsWith(`${id} `))?.slice(id.length + 1) ?? '';
    return `var(--category-${kind.split('.')[0] ?? 'op'})`;
  };
  const strength = (id: string): number => {
    const alike = ids.filter((other) => colourOf(other) === colourOf(id));
    return 1 - (0.6 * alike.indexOf(id)) / Math.max(1, alike.length);
  };
  const labelOf = new Map<string, string>(
    Object.entries(report.reps).map(([key, { label }]) => [key, label]),
  );
  return (
    <section className={styles.part}>
      <h4 data-tip={statisticTip(gradientShare)}>
        {gradientShare.title} <Tex tex={gradientShare.symbol} />
      </h4>
      <div className={styles.legend}>
        {[...terms].map(([id, { label }]) => (
          <span key={id}>
            <i style={{ background: colourOf(id), opacity: strength(id) }} /> {label}
          </span>
        ))}
      </div>
      {ports.map(([key, shares]) => (
        <div key={key} className={styles.shares} data-chosen={key.startsWith(`${nodeId}.`)}>
          <span>{labelOf.get(key) ?? key}</span>
          <span
            className={styles.stack}
            role="img"
            aria-label={Object.values(shares)
              .map((share) => `${share.label} ${percent(share)}`)
              .join(', ')}
          >
            {Object.entries(shares).map(([id, share]) => (
              <i
                key={id}
                data-tip={`${share.label}: ${percent(share)}`}
                style={{
                  width: percent(share),
                  background: colourOf(id),
                  opacity: strength(id),
                }}
              />
            ))}
          </span>
        </div>
      ))}
    </section>
  );
}

function percent({ gradientShare }: TermReport): string {
  return `${(100 * gradientShare).toFixed(0)}%`;
}
