import type { ProbeReport } from '../../probing/report';
import { curveChunks } from '../../runs/curveChunks';
import type { HistoryHead, MetricHistory } from '../../runs/metricHistory';
import type { CheckpointInfo } from '../../runs/runRecord';
import type { Snapshot } from '../../training/sessionState';
import type { RunDraft, RunUpdate } from '../persistence/runArchive';
import type { ObservedSession } from '../run/runObserver';
import { KeptReports } from './keptReports';

/** A run that is being recorded. */
export interface Recording {
  draft: RunDraft;
  session: ObservedSession;
  readonly history: MetricHistory;
  /** It has a place in the archive. */
  isKept: boolean;
  /** What the archive has of the curve; null: nothing that can be gone on with. */
  keptHead: HistoryHead | null;
  /** The first step that has come since. */
  dirtyStep: number;
  /** Something to be written. */
  isDirty: boolean;
  reports: ProbeReport[];
  readonly keptReports: KeptReports;
  droppedReports: number[];
  checkpoint: { readonly info: CheckpointInfo; readonly snapshot: Snapshot } | null;
  /** The last state that was asked for. */
  checkpointStep: number | null;
  checkpointDue: number;
  takingSnapshot: Promise<void> | null;
}

/** Of a run that the archive has; nothing has come since. `reportSteps`: the reports that it has. */
export function recordingOf(
  session: ObservedSession,
  draft: RunDraft,
  history: MetricHistory,
  checkpointDue: number,
  reportSteps: readonly number[] = [],
): Recording {
  return {
    draft,
    session,
    history,
    isKept: true,
    keptHead: null,
    dirtyStep: Infinity,
    isDirty: false,
    reports: [],
    keptReports: new KeptReports(reportSteps),
    droppedReports: [],
    checkpoint: null,
    checkpointStep: draft.checkpoint?.step ?? null,
    checkpointDue,
    takingSnapshot: null,
  };
}

/** What has come since the last update, which is not to be written again; `putBack` where it could not be: it goes with the next. */
export function takeUpdate(recording: Recording): {
  readonly update: RunUpdate;
  readonly putBack: () => void;
} {
  const { history, keptHead, dirtyStep, reports, droppedReports, checkpoint } = recording;
  const { head } = history;
  const goesOn =
    keptHead !== null &&
    keptHead.stride === head.stride &&
    keptHead.firstStep === head.firstStep &&
    keptHead.names.length === head.names.length;
  const fromStep = goesOn ? dirtyStep : head.firstStep;
  const fromBucket = Math.floor((fromStep - head.firstStep) / head.stride);
  const update: RunUpdate = {
    record: { ...recording.draft, updated: Date.now(), curve: head },
    isNew: !recording.isKept,
    chunks: Number.isFinite(fromBucket) ? curveChunks(history, fromBucket) : new Map(),
    replacesCurve: !goesOn,
    reports,
    droppedReports,
    checkpoint: checkpoint && { info: checkpoint.info, state: checkpoint.snapshot.state },
  };
  recording.isDirty = false;
  recording.dirtyStep = Infinity;
  recording.reports = [];
  recording.droppedReports = [];
  recording.checkpoint = null;
  const putBack = (): void => {
    recording.isDirty = true;
    recording.dirtyStep = Math.min(recording.dirtyStep, dirtyStep);
    recording.reports = [...reports, ...recording.reports];
    recording.droppedReports = [...droppedReports, ...recording.droppedReports];
    recording.checkpoint ??= checkpoint;
  };
  return { update, putBack };
}
