import { useEffect, useId } from 'react';
import type { KeyboardEvent } from 'react';
import type { ListedKernel } from '../../codegen/report/kernelListing';
import { formatBytes, plural } from '../../core/formatNumber';
import { formatGrid, kernelTitle } from './kernelText';
import styles from './KernelTable.module.css';
import { useVisibleRange } from './useVisibleRange';

const ROW = 28;
const HEAD = 28;
const PAGE = 8;

/** A kernel in the list. */
export interface KernelRow {
  /** Number in the plan. */
  readonly index: number;
  readonly kernel: ListedKernel;
  /** Labels of the nodes it came from. */
  readonly labels: readonly string[];
  /** Serves what is selected on the canvas. */
  readonly serves: boolean;
}

interface KernelTableProps {
  readonly rows: readonly KernelRow[];
  /** Kernels of the plan, in the list or not. */
  readonly total: number;
  readonly chosen: number | null;
  readonly onChoose: (index: number | null) => void;
}

/** The kernels in the order of their dispatches. Arrow keys choose; of hundreds only those in view are drawn. */
export function KernelTable({ rows, total, chosen, onChoose }: KernelTableProps) {
  const id = useId();
  const { ref, onScroll, first, end } = useVisibleRange(rows.length, ROW);
  const place = rows.findIndex(({ index }) => index === chosen);

  useEffect(() => {
    if (place >= 0 && ref.current !== null) reveal(ref.current, place);
  }, [place, ref]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && chosen !== null) {
      event.preventDefault();
      onChoose(null);
      return;
    }
    const to = target(event.key, place, rows.length);
    if (to === null) return;
    event.preventDefault();
    const row = rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (row) onChoose(row.index);
  };

  return (
    <div
      ref={ref}
      className={styles.scroller}
      role="grid"
      aria-label="Kernels"
      aria-rowcount={rows.length + 1}
      aria-colcount={7}
      aria-activedescendant={place >= first && place < end ? `${id}${place}` : undefined}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      data-testid="kernels"
    >
      <div className={styles.head} role="row" aria-rowindex={1}>
        <span role="columnheader" className={styles.number}>
          #
        </span>
        <span role="columnheader">Computes</span>
        <span role="columnheader">For</span>
        <span
          role="columnheader"
          className={styles.number}
          data-tip="Ops of the training step that the kernel covers"
        >
          Ops
        </span>
        <span
          role="columnheader"
          className={styles.number}
          data-tip={'Size of the arrays it reads\nWhole, also where it picks some rows'}
        >
          Reads
        </span>
        <span
          role="columnheader"
          className={styles.number}
          data-tip="Size of the arrays it writes or updates in place"
        >
          Writes
        </span>
        <span role="columnheader" className={styles.groups} data-tip="Workgroups a dispatch">
          Groups
        </span>
      </div>
      <div
        className={styles.body}
        role="rowgroup"
        style={{ height: rows.length * ROW, paddingTop: first * ROW }}
      >
        {rows.slice(first, end).map((row, offset) => (
          <Row
            key={row.index}
            row={row}
            id={`${id}${first + offset}`}
            position={first + offset}
            chosen={row.index === chosen}
            total={total}
            onChoose={onChoose}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: KernelRow;
  readonly id: string;
  readonly position: number;
  readonly chosen: boolean;
  readonly total: number;
  readonly onChoose: (index: number | null) => void;
}

function Row({ row, id, position, chosen, total, onChoose }: RowProps) {
  const { index, kernel, labels, serves } = row;
  const { count, ops, bytesRead, bytesWritten, workgroups } = kernel;
  return (
    <div
      id={id}
      className={styles.row}
      role="row"
      aria-rowindex={position + 2}
      aria-selected={chosen}
      data-serves={serves}
      data-testid="kernel"
      onClick={() => onChoose(chosen ? null : index)}
    >
      <span role="gridcell" className={styles.index}>
        <span className={styles.digits} style={{ minWidth: `${String(total).length}ch` }}>
          {index + 1}
        </span>
      </span>
      <span role="gridcell" className={styles.title}>
        <span className={styles.ops}>{kernelTitle(kernel)}</span>
        {count > 1 && (
          <span
            className={styles.times}
            data-tip={`In a loop: ${plural(count, 'dispatch', 'dispatches')} a step`}
          >
            ×{count}
          </span>
        )}
      </span>
      <span
        role="gridcell"
        className={styles.nodes}
        data-tip={labels.length > 1 ? labels.join('\n') : undefined}
      >
        {labels.length === 0 ? (
          <span className={styles.none}>the step itself</span>
        ) : (
          labels.join(', ')
        )}
      </span>
      <span role="gridcell" className={styles.number}>
        {ops}
      </span>
      <span role="gridcell" className={styles.number}>
        {formatBytes(bytesRead)}
      </span>
      <span role="gridcell" className={styles.number}>
        {formatBytes(bytesWritten)}
      </span>
      <span role="gridcell" className={styles.groups}>
        {formatGrid(workgroups)}
      </span>
    </div>
  );
}

/** Scrolls as little as brings a row into view, below the head. */
function reveal(scroller: HTMLElement, place: number): void {
  const top = place * ROW;
  const bottom = top + ROW + HEAD - scroller.clientHeight;
  if (scroller.scrollTop > top) scroller.scrollTop = top;
  else if (scroller.scrollTop < bottom) scroller.scrollTop = bottom;
}

/** Where a key leads from a place in the list; −1 is before it. */
function target(key: string, place: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return place + 1;
    case 'ArrowUp':
      return place < 0 ? count - 1 : place - 1;
    case 'PageDown':
      return place + PAGE;
    case 'PageUp':
      return place - PAGE;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
