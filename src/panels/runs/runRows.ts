import { runFilter } from '../../runs/runFilter';
import type { RunRecord, RunStatus } from '../../runs/runRecord';
import type { CurveStyle } from '../charts/curveStyle';
import type { RunsLook } from './runsStore';

/** A line of the list, and a curve of the chart: a run, or runs that differ in their seeds only. */
export interface RunRow {
  /** Id of the run, or key of the group. */
  readonly key: string;
  /** The latest first. */
  readonly runs: readonly RunRecord[];
  readonly first: RunRecord;
  readonly style: CurveStyle;
}

const COLOURS = ['data', 'energy', 'module', 'latent', 'reg', 'loss', 'view', 'negative'] as const;
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

/** By its number, so that a run keeps its colour whatever else is shown or deleted. */
export function runStyle({ ordinal }: Pick<RunRecord, 'ordinal'>): CurveStyle {
  const index = Math.max(0, ordinal - 1);
  return {
    colour: `--category-${COLOURS[index % COLOURS.length] ?? 'data'}`,
    dash: DASHES[Math.floor(index / COLOURS.length) % DASHES.length] ?? [],
    width: 1.5,
  };
}

/** What is listed: the runs that are searched for, one by one or in groups, the latest first. */
export function runRows(
  runs: readonly RunRecord[],
  { search, scope, grouped }: Pick<RunsLook, 'search' | 'scope' | 'grouped'>,
): readonly RunRow[] {
  const isFound = runFilter(search);
  const found = runs.filter((run) => isFound(run) && (scope === null || scope.ids.has(run.id)));
  if (!grouped) return found.map((run) => rowOf(run.id, [run]));
  const groups = new Map<string, RunRecord[]>();
  for (const run of found) groups.set(run.group, [...(groups.get(run.group) ?? []), run]);
  return [...groups].map(([key, members]) => rowOf(key, members));
}

function rowOf(key: string, runs: readonly RunRecord[]): RunRow {
  // The oldest gives the colour: it stays the oldest when others join.
  const oldest = runs.reduce((a, b) => (b.ordinal < a.ordinal ? b : a));
  return { key, runs, first: runs[0] ?? oldest, style: runStyle(oldest) };
}

/** The name of the run's curve with a label; null when it has none. */
export function seriesName({ series }: RunRecord, label: string): string | null {
  return series.find((one) => one.label === label)?.name ?? null;
}

/** Labels of all curves that these runs have, those of the most runs first. */
export function metricLabels(runs: readonly RunRecord[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { series } of runs) {
    for (const { label } of series) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([label]) => label);
}

/** What became of a run, as the list says it. */
export type ShownStatus = RunStatus | 'interrupted';

/** A run that is said to be running and that no tab records was interrupted. */
export function shownStatus(
  { id, status, updated }: RunRecord,
  recorded: ReadonlySet<string> | null,
  now: number,
): ShownStatus {
  if (status !== 'running') return status;
  const isRecorded = recorded === null ? now - updated < SILENCE_MS : recorded.has(id);
  return isRecorded ? 'running' : 'interrupted';
}

/** Without locks a run is taken to be interrupted when nothing has been heard of it for so long. */
const SILENCE_MS = 15_000;
