import type { BasinDocument } from '../../document/schema';
import type { RunStore } from '../../panels/run/runStore';
import { relabelReport } from '../../probing/relabelReport';
import type { ProbeReport } from '../../probing/report';
import type { Snapshot } from '../../training/sessionState';
import type { OpenSession } from './openSession';
import type { ProbePort } from './runPorts';
import { failure, type RunProblems } from './runProblems';

export interface RunProbesOptions {
  readonly run: RunStore;
  readonly probe: ProbePort;
  readonly problems: RunProblems;
  /** Whether a session is still the open one. */
  isOpen(session: OpenSession): boolean;
  /** What a node is called by now; null where there is none. */
  labelOf(nodeId: string): string | null;
  onReport(report: ProbeReport): void;
}

/** Has the snapshots of a run judged, and shows the reports. Which snapshots are left out is the probe port's affair. */
export class RunProbes {
  private underWay = 0;
  /** Counts what was called off. */
  private epoch = 0;
  private judged: OpenSession | null = null;

  constructor(private readonly options: RunProbesOptions) {}

  /** The session that the latest report is of; null without a report. */
  get judgedSession(): OpenSession | null {
    return this.options.run.getState().report === null ? null : this.judged;
  }

  /** `document`: of the same program as the session's, with the live values to judge by. */
  async ask(session: OpenSession, document: BasinDocument, snapshot: Snapshot): Promise<void> {
    const { run, probe, problems, isOpen } = this.options;
    const { epoch } = this;
    this.underWay++;
    run.setState({ probing: true });
    try {
      const { tag, trainedFrom } = session;
      const answer = await probe.probe({ ...tag, document, snapshot, trainedFrom });
      if (answer === null || epoch !== this.epoch || !isOpen(session)) return;
      problems.tell(answer.diagnostics.filter(({ severity }) => severity !== 'info'));
      if (answer.report !== null) this.show(session, answer.report);
      else run.setState({ reportBehind: true });
    } catch (error) {
      if (isOpen(session)) problems.tell([failure('The diagnostics stopped', error)]);
    } finally {
      this.underWay--;
      run.setState({ probing: this.underWay > 0 });
    }
  }

  /** Nothing that is being judged is wanted any more. */
  cancel(): void {
    this.epoch++;
    this.options.probe.cancel();
  }

  /** Brings the labels of the latest report up to date. */
  relabel(): void {
    const { run, labelOf } = this.options;
    const { report, reports } = run.getState();
    if (report === null) return;
    const relabelled = relabelReport(report, labelOf);
    if (relabelled === report) return;
    reports.add(relabelled);
    run.setState({ report: relabelled });
  }

  private show(session: OpenSession, judged: ProbeReport): void {
    const { run, labelOf } = this.options;
    // It may have been asked for under other labels.
    const report = relabelReport(judged, labelOf);
    this.judged = session;
    run.getState().reports.add(report);
    run.setState(({ stale }) => ({ report, reportStale: stale, reportBehind: false }));
    this.options.onReport(report);
  }
}
