import type { ProbeReport } from '../../probing/report';

/** Reports kept at most; then every second one of the older half is let go. */
const CAPACITY = 1000;
/** The same where they hold more numbers than this together, most of them correlations: 64 MB. */
const NUMBERS = 8e6;

/** The reports of a run in the order of their steps, thinned when there are many. The array is a new one after every change. */
export class ReportHistory {
  private kept: readonly ProbeReport[] = [];

  constructor(
    private readonly capacity = CAPACITY,
    private readonly numbers = NUMBERS,
  ) {}

  get all(): readonly ProbeReport[] {
    return this.kept;
  }

  clear(): void {
    this.kept = [];
  }

  /** Adds a report. It replaces those of the same and of later steps: the run was taken back. */
  add(report: ProbeReport): void {
    const earlier = this.kept.filter(({ step }) => step < report.step);
    const room = Math.max(2, Math.min(this.capacity, this.numbers / numbersIn(report)));
    const thinned =
      earlier.length < room
        ? earlier
        : earlier.filter((_, index) => index % 2 === 0 || index >= earlier.length / 2);
    this.kept = [...thinned, report];
  }
}

/** All reports of a run are of one size. */
function numbersIn(value: unknown): number {
  if (Array.isArray(value)) {
    return typeof value[0] === 'number'
      ? value.length
      : value.reduce((sum: number, one) => sum + numbersIn(one), 0);
  }
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, one) => sum + numbersIn(one), 0);
}
