import type { ProbeReport } from '../../probing/report';
import {
  ENERGY_EVIDENCE,
  ENERGY_STATISTICS,
  REPRESENTATION_EVIDENCE,
  REPRESENTATION_STATISTICS,
} from '../../probing/statistics';
import type { Standing } from '../verdict/standing';
import { ReportTable, type TableRow } from './ReportTable';

interface ReportTablesProps {
  readonly report: ProbeReport;
  /** Rows in another order than the report's, as of `ReportTable`. */
  readonly rows?: { readonly reps: readonly TableRow[]; readonly energies: readonly TableRow[] };
  readonly standing?: Standing | undefined;
}

/** The evidence of a report: its representations and its energies. */
export function ReportTables({ report, rows, standing }: ReportTablesProps) {
  return (
    <>
      <ReportTable
        heading="Representation"
        statistics={REPRESENTATION_STATISTICS}
        evidence={REPRESENTATION_EVIDENCE}
        reports={report.reps}
        extents={report.reps}
        role="module"
        standing={standing}
        {...(rows && { rows: rows.reps })}
      />
      <ReportTable
        heading="Energy"
        statistics={ENERGY_STATISTICS}
        evidence={ENERGY_EVIDENCE}
        reports={report.energies}
        role="energy"
        standing={standing}
        {...(rows && { rows: rows.energies })}
      />
    </>
  );
}
