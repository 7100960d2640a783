import { useMemo } from 'react';
import { formatNumber, plural } from '../../core/formatNumber';
import type { SweepDefinition } from '../../runs/sweepDefinition';
import { SelectField } from '../../editor/fields/SelectField';
import {
  cellValue,
  metricNames,
  phaseDiagram,
  type CellValue,
  type PhaseCell,
} from '../../sweeps/phaseDiagram';
import { pointTitle, printedValue } from '../../sweeps/trials';
import { verdictTone } from '../run/verdictTone';
import { viridis } from '../landscape/viridis';
import styles from './Diagram.module.css';
import { BY_VERDICT } from './sweepsStore';
import { useSweeps, useSweepsActions } from './useSweeps';
import { VERDICT_WORDS } from './verdictLook';

/** Above this part of the way viridis is so bright that text on it is dark. */
const BRIGHT = 0.55;

/** A sweep as a map: the first parameter to the right, the second upwards, a cell for each point. */
export function Diagram({ sweep }: { sweep: SweepDefinition }) {
  const actions = useSweepsActions();
  const runs = useSweeps((state) => state.runs.get(sweep.id)) ?? NONE;
  const metric = useSweeps((state) => state.metric);
  const { columns, rows, cells } = useMemo(() => phaseDiagram(sweep, runs), [sweep, runs]);
  const names = useMemo(() => [...new Set(runs.flatMap((run) => metricNames(run)))], [runs]);
  const shown = names.includes(metric) ? metric : BY_VERDICT;
  const values = cells.map((row) => row.map((cell) => cellValue(cell, shown)));
  const extent = extentOf(values.flat());
  const verdictAt = (row: number, column: number) => cells[row]?.[column]?.verdict;
  return (
    <figure className={styles.figure} aria-label={`Phase diagram of ${sweep.name}`}>
      <div className={styles.tools}>
        <span>Colour by</span>
        <div className={styles.select}>
          <SelectField
            id="sweep-metric"
            label="What the cells show"
            value={shown}
            options={[BY_VERDICT, ...names]}
            titles={{
              [BY_VERDICT]: 'Verdict',
              ...Object.fromEntries(names.map((name) => [name, name])),
            }}
            onChange={actions.setMetric}
          />
        </div>
        {shown !== BY_VERDICT && extent !== null && <Scale extent={extent} />}
        <span className={styles.note} data-tip="Lines are between verdicts.">
          {plural(sweep.seeds, 'seed')}, {plural(sweep.steps, 'step')} each
        </span>
      </div>
      <div
        className={styles.grid}
        style={{
          gridTemplateColumns: `auto repeat(${columns.values.length}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${cells.length}, minmax(20px, 1fr)) auto auto`,
        }}
      >
        {cells.toReversed().map((row, place) => (
          <Row key={place} line={place + 1} label={rows?.values[cells.length - 1 - place]}>
            {row.map((cell) => (
              <Cell
                key={cell.column}
                cell={cell}
                line={place + 1}
                title={pointTitle(sweep, cell.values)}
                value={shown === BY_VERDICT ? null : (values[cell.row]?.[cell.column] ?? null)}
                extent={shown === BY_VERDICT ? null : extent}
                edges={{
                  top: differs(cell, verdictAt(cell.row + 1, cell.column)),
                  right: differs(cell, verdictAt(cell.row, cell.column + 1)),
                }}
                onOpen={() =>
                  actions.showRuns(
                    pointTitle(sweep, cell.values),
                    cell.runs.map(({ id }) => id),
                  )
                }
              />
            ))}
          </Row>
        ))}
        {columns.values.map((value, column) => (
          <span
            key={column}
            className={styles.tick}
            style={{ gridRow: cells.length + 1, gridColumn: column + 2 }}
          >
            {printedValue(value)}
          </span>
        ))}
        <span
          className={styles.axes}
          style={{ gridRow: cells.length + 2, gridColumn: `2 / span ${columns.values.length}` }}
        >
          <span>→ {columns.label}</span>
          {rows !== null && <span>↑ {rows.label}</span>}
        </span>
      </div>
    </figure>
  );
}

const NONE: readonly never[] = [];

interface RowProps {
  readonly line: number;
  readonly label: Parameters<typeof printedValue>[0] | undefined;
  readonly children: React.ReactNode;
}

function Row({ line, label, children }: RowProps) {
  return (
    <>
      <span className={styles.upTick} style={{ gridRow: line, gridColumn: 1 }}>
        {label === undefined ? '' : printedValue(label)}
      </span>
      {children}
    </>
  );
}

interface CellProps {
  readonly cell: PhaseCell;
  readonly line: number;
  readonly title: string;
  /** Null to show the verdict. */
  readonly value: CellValue | null;
  readonly extent: readonly [number, number] | null;
  /** Where another verdict begins. */
  readonly edges: { readonly top: boolean; readonly right: boolean };
  readonly onOpen: () => void;
}

function Cell({ cell, line, title, value, extent, edges, onOpen }: CellProps) {
  const { runs, planned, verdict, agreeing, column } = cell;
  const isNumber = extent !== null;
  const part = value && extent ? partOf(value.mean, extent) : null;
  const [red, green, blue] = viridis(part ?? 0);
  const words = verdict === null ? '' : VERDICT_WORDS[verdict];
  const count = agreeing < runs.length ? ` ${agreeing}/${runs.length}` : '';
  const text = isNumber ? (value === null ? '' : formatNumber(value.mean)) : words + count;
  const tip = [
    title,
    runs.length === 0
      ? 'Not trained yet.'
      : `${verdict ?? 'no verdict'} in ${agreeing} of ${plural(runs.length, 'trial')}`,
    ...(runs.length > 0 && runs.length < planned ? [`${planned - runs.length} to come`] : []),
    ...(value === null
      ? []
      : [`${formatNumber(value.mean)}, ${formatNumber(value.low)} … ${formatNumber(value.high)}`]),
  ].join('\n');
  return (
    <button
      type="button"
      className={styles.cell}
      style={{
        gridRow: line,
        gridColumn: column + 2,
        ...(part === null
          ? {}
          : {
              background: `rgb(${red.toFixed(0)} ${green.toFixed(0)} ${blue.toFixed(0)})`,
              color: part > BRIGHT ? '#000000' : '#ffffff',
            }),
      }}
      data-verdict={isNumber ? undefined : (verdict ?? undefined)}
      data-tone={isNumber || verdict === null ? undefined : verdictTone(verdict)}
      data-edge-top={edges.top}
      data-edge-right={edges.right}
      data-part={runs.length < planned}
      data-testid="phase-cell"
      disabled={runs.length === 0}
      aria-label={tip.replaceAll('\n', ', ')}
      data-tip={runs.length === 0 ? tip : `${tip}\nClick to open its runs.`}
      onClick={onOpen}
    >
      {text}
    </button>
  );
}

/** The colours of numbers. */
function Scale({ extent: [low, high] }: { extent: readonly [number, number] }) {
  const stops = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const [red, green, blue] = viridis(part);
    return `rgb(${red.toFixed(0)} ${green.toFixed(0)} ${blue.toFixed(0)})`;
  });
  return (
    <span className={styles.scale}>
      {formatNumber(low)}
      <span style={{ background: `linear-gradient(to right, ${stops.join(', ')})` }} />
      {formatNumber(high)}
    </span>
  );
}

/** Only between points that have been judged. */
function differs({ verdict }: PhaseCell, other: PhaseCell['verdict'] | undefined): boolean {
  return verdict !== null && other !== null && other !== undefined && verdict !== other;
}

function extentOf(values: readonly (CellValue | null)[]): readonly [number, number] | null {
  const means = values.flatMap((value) =>
    value && Number.isFinite(value.mean) ? [value.mean] : [],
  );
  return means.length === 0 ? null : [Math.min(...means), Math.max(...means)];
}

function partOf(value: number, [low, high]: readonly [number, number]): number {
  return high > low ? (value - low) / (high - low) : 0.5;
}
