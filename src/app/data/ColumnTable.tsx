import { formatNumber, formatWhole } from '../../core/formatNumber';
import { SelectField } from '../../editor/fields/SelectField';
import { columnRanges, parseColumnRanges } from '../../tables/columnRanges';
import type { Dialect } from '../../tables/dialect';
import type { TableSummary } from '../../../workers/protocol/ownData';
import { columnFacts, USES, withUse, type ColumnUse } from './columnUses';
import styles from './Data.module.css';

interface ColumnTableProps {
  readonly table: TableSummary;
  readonly uses: readonly ColumnUse[];
  /** Of a text, whose columns may be read as words; null where types are the file's own. */
  readonly dialect: Dialect | null;
  readonly disabled: boolean;
  readonly onUses: (uses: readonly ColumnUse[]) => void;
  readonly onDialect: (dialect: Dialect) => void;
}

/** Columns listed; of the others only how many there are. */
const MOST = 100;
const TYPES = { numbers: 'Number', text: 'Word' } as const;

/** The columns of a table with what is in them, and what each is for. */
export function ColumnTable(props: ColumnTableProps) {
  const { table, uses, dialect, disabled, onUses, onDialect } = props;
  const { columns, isEstimate, seenRows } = table;
  const others = columns.length - MOST;
  const setType = (column: number, type: string): void => {
    if (!dialect) return;
    const words = new Set(parseColumnRanges(dialect.text));
    if (type === 'text') words.add(column);
    else words.delete(column);
    onDialect({ ...dialect, text: columnRanges([...words].sort((a, b) => a - b)) });
  };
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="Columns">
      <table className={styles.columns}>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Type</th>
            <th scope="col">From – to</th>
            <th scope="col">Missing</th>
            <th scope="col">First rows</th>
            <th scope="col">Use as</th>
          </tr>
        </thead>
        <tbody>
          {columns.slice(0, MOST).map((column, index) => (
            <tr key={index} data-unused={uses[index] === 'none'}>
              <th scope="row">{column.name}</th>
              <td>
                {dialect && (column.kind === 'numbers' || column.kind === 'text') ? (
                  <SelectField
                    id={`type-${index}`}
                    label={`Type of ${column.name}`}
                    value={column.kind}
                    options={Object.keys(TYPES)}
                    titles={TYPES}
                    disabled={disabled}
                    onChange={(type) => setType(index, type)}
                  />
                ) : (
                  columnFacts(column)
                )}
              </td>
              <td>
                {column.range && column.kind !== 'text'
                  ? `${formatNumber(column.range[0])} – ${formatNumber(column.range[1])}`
                  : column.kind === 'text'
                    ? columnFacts(column)
                    : ''}
              </td>
              <td data-some={column.missing > 0}>{formatWhole(column.missing)}</td>
              <td className={styles.examples}>{column.examples.slice(0, 4).join(', ')}</td>
              <td>
                <SelectField
                  id={`use-${index}`}
                  label={`Use of ${column.name}`}
                  value={uses[index] ?? 'none'}
                  options={Object.keys(USES)}
                  titles={USES}
                  disabled={disabled || column.kind === 'notes'}
                  onChange={(use) => onUses(withUse(uses, index, use as ColumnUse))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.remark}>
        {others > 0 && `And ${formatWhole(others)} columns more, used as those before. `}
        {isEstimate && `Seen: the first ${formatWhole(seenRows)} rows.`}
      </p>
    </div>
  );
}
