import styles from './Probes.module.css';

/** Counts by class and by what was predicted, darker where there are more; the diagonal is right. */
export function Confusion({ counts }: { counts: readonly (readonly number[])[] }) {
  const largest = Math.max(1, ...counts.flat());
  return (
    <table className={styles.confusion} aria-label="Confusion matrix">
      <thead>
        <tr>
          <td />
          {counts.map((_, predicted) => (
            <th key={predicted} scope="col">
              {predicted}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {counts.map((line, label) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {line.map((count, predicted) => (
              <td
                key={predicted}
                data-tip={`${count} of class ${label} taken for ${predicted}`}
                style={{ background: shade(count / largest, label === predicted) }}
              >
                {count > 0 ? count : ''}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is right has another colour than what is wrong. */
function shade(part: number, isRight: boolean): string {
  const colour = isRight ? '--category-module' : '--category-loss';
  return `color-mix(in srgb, var(${colour}) ${Math.round(50 * part)}%, transparent)`;
}
