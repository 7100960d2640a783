import type { ProbeReport } from '../../probing/report';

/** Reports kept at most; then every second one of the older half is let go. */
const CAPACITY = 1000;

/** The reports of a run in the order of their steps, thinned when there are many. The array is a new one after every change. */
export class ReportHistory {
  private kept: readonly ProbeReport[] = [];

  constructor(private readonly capacity = CAPACITY) {}

  get all(): readonly ProbeReport[] {
    return this.kept;
  }

  clear(): void {
    this.kept = [];
  }

  /** Adds a report. It replaces those of the same and of later steps: the run was taken back. */
  add(report: ProbeReport): void {
    const earlier = this.kept.filter(({ step }) => step < report.step);
    const thinned =
      earlier.length < this.capacity
        ? earlier
        : earlier.filter((_, index) => index % 2 === 0 || index >= earlier.length / 2);
    this.kept = [...thinned, report];
  }
}
