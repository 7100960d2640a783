import { useState } from 'react';
import type { ProbeReport } from '../../probing/report';
import { useRun } from '../run/useRun';

/** A look at the history of a run: one of its reports, and the way to another one. */
export interface ReportLook {
  /** Oldest first. */
  readonly all: readonly ProbeReport[];
  /** Number of the report that is shown. */
  readonly index: number;
  readonly report: ProbeReport;
  /** Whether what is shown follows the run. */
  readonly isLatest: boolean;
  show(index: number): void;
}

/** The report that is looked at: the latest, until an earlier one is chosen; null while there is none. */
export function useReportAt(): ReportLook | null {
  const all = useRun(({ reports, report }) => (report === null ? null : reports.all));
  const [step, setStep] = useState<number | null>(null);
  const latest = (all?.length ?? 0) - 1;
  // Reports come and go: what is chosen is a step, and a run that began anew has not been there.
  const chosen = step === null ? latest : (all ?? []).findIndex((one) => one.step >= step);
  const index = chosen < 0 ? latest : chosen;
  const report = all?.[index];
  if (!all || !report) return null;
  return {
    all,
    index,
    report,
    isLatest: index === latest,
    show: (next) => setStep(next >= latest ? null : (all[next]?.step ?? null)),
  };
}
