import type { ProbeReport } from '../../../probing/report';
import type { TableRow } from '../ReportTable';

/** The rows of the tables of two reports side by side: the same in both, whatever one of them lacks. */
export function commonRows(
  before: ProbeReport,
  after: ProbeReport,
): { readonly reps: readonly TableRow[]; readonly energies: readonly TableRow[] } {
  return {
    reps: union(after.reps, before.reps),
    energies: union(after.energies, before.energies),
  };
}

type Labelled = Readonly<Record<string, { readonly label: string }>>;

/** In the order of the first; what only the second has comes after it. */
function union(first: Labelled, second: Labelled): TableRow[] {
  return Object.entries({ ...second, ...first })
    .map(([id, { label }]) => ({ id, label }))
    .sort((a, b) => placeIn(first, a.id) - placeIn(first, b.id));
}

function placeIn(reports: Labelled, id: string): number {
  const place = Object.keys(reports).indexOf(id);
  return place < 0 ? Infinity : place;
}
