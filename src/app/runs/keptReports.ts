import type { ProbeReport } from '../../probing/report';

/** What the reports of a run may take in the archive, roughly. */
const MOST_BYTES = 8e6;
const MOST_REPORTS = 400;
/** Reports are kept at least so far apart, until there are many. */
const INTERVAL_MS = 500;

/**
 * Which reports of a run are kept: all that come, not too close together; each time there are too many, every second one is let go
 * and they are kept twice as far apart.
 */
export class KeptReports {
  private interval = INTERVAL_MS;
  private keptAt = -Infinity;

  constructor(
    /** Of reports that are kept already, ascending. */
    private steps: readonly number[] = [],
    private readonly mostBytes = MOST_BYTES,
  ) {}

  /** Whether a report is to be kept, and the steps of those that make room for it. The last of a run is kept in any case. */
  offer(
    report: ProbeReport,
    now: number,
    isLast: boolean,
  ): { readonly isKept: boolean; readonly dropped: readonly number[] } {
    if (now - this.keptAt < this.interval && !isLast) return { isKept: false, dropped: [] };
    this.keptAt = now;
    const earlier = this.steps.filter((step) => step < report.step);
    const room = Math.min(MOST_REPORTS, this.mostBytes / JSON.stringify(report).length);
    if (earlier.length < Math.max(2, room)) {
      this.steps = [...earlier, report.step];
      return { isKept: true, dropped: [] };
    }
    this.interval *= 2;
    const dropped = earlier.filter((_, index) => index % 2 === 1);
    this.steps = [...earlier.filter((_, index) => index % 2 === 0), report.step];
    return { isKept: true, dropped };
  }
}
