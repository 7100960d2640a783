import { useEffect, useMemo } from 'react';
import { useEditor, useEditorStore } from '../../../editor/store/useEditor';
import type { ProbeReport } from '../../../probing/report';
import type { RunRecord } from '../../../runs/runRecord';
import { usePanelState } from '../../usePanelState';
import { useRuns, useRunsActions } from '../../runs/useRuns';
import { comparableRuns, runBefore } from './comparableRuns';

/** A run that the open one is laid beside, and the way to another one. */
export interface ComparisonChoice {
  /** What can be chosen, the latest first; null until the runs have been read. */
  readonly runs: readonly RunRecord[] | null;
  readonly run: RunRecord | null;
  /** Its reports, oldest first; null until they have been read. */
  readonly reports: readonly ProbeReport[] | null;
  choose(id: string): void;
}

/** The run that was chosen; until one is, the latest of another graph than the open one. */
export function useComparison(): ComparisonChoice {
  const { registry } = useEditorStore();
  const actions = useRunsActions();
  const document = useEditor((state) => state.document);
  const { kept, reports } = useRuns(({ runs, reports }) => ({ kept: runs, reports }));
  const [chosen, setChosen] = usePanelState<string | null>('collapse.compared', null);
  useEffect(() => actions.watch(), [actions]);

  const runs = useMemo(() => kept && comparableRuns(kept, document), [kept, document]);
  const run =
    runs?.find(({ id }) => id === chosen) ?? (runs && runBefore(runs, document, registry)) ?? null;
  const id = run?.id ?? null;
  useEffect(() => actions.wantReports(id === null ? [] : [id]), [actions, id]);
  return {
    runs,
    run,
    reports: (id === null ? undefined : reports.get(id)) ?? null,
    choose: setChosen,
  };
}
