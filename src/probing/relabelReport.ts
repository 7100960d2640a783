import type { ProbeReport } from './report';

/**
 * A report with the labels that its nodes have by now; the same one where none has changed. `labelOf`: null for a node that is
 * gone, which keeps the label that it had.
 */
export function relabelReport(
  report: ProbeReport,
  labelOf: (nodeId: string) => string | null,
): ProbeReport {
  let isChanged = false;
  const relabel = <Part extends { readonly label: string }>(
    parts: Readonly<Record<string, Part>>,
  ): Record<string, Part> =>
    Object.fromEntries(
      Object.entries(parts).map(([key, part]) => {
        // A representation goes by its port, `<node>.<port>`.
        const label = labelOf(key.split('.')[0] ?? key) ?? part.label;
        if (label === part.label) return [key, part];
        isChanged = true;
        return [key, { ...part, label }];
      }),
    );
  const relabelled = {
    reps: relabel(report.reps),
    energies: relabel(report.energies),
    inference: relabel(report.inference),
    latents: relabel(report.latents),
    ...(report.modules && { modules: relabel(report.modules) }),
    ...(report.gradientShares && {
      gradientShares: Object.fromEntries(
        Object.entries(report.gradientShares).map(([key, terms]) => [key, relabel(terms)]),
      ),
    }),
  };
  if (!isChanged) return report;
  return { ...report, ...relabelled, reason: relabelReason(report, relabelled) };
}

type Judged = Pick<ProbeReport, 'reps' | 'energies'>;

/** The sentences of `overallVerdict` that say whose finding or caveat they are: `Distance: …`. */
function relabelReason(before: ProbeReport, after: Judged): string {
  const all = ({ reps, energies }: Judged) => [...Object.values(reps), ...Object.values(energies)];
  const now = all(after);
  const openings = all(before).map(({ label, verdict }, index) => ({
    verdict,
    from: `${label}: `,
    to: `${now[index]?.label ?? label}: `,
  }));
  const { reason } = before;
  // The finding is that of the first with the verdict.
  const first = openings.find(({ verdict }) => verdict === before.verdict);
  const length = first !== undefined && reason.startsWith(first.from) ? first.from.length : 0;
  const rest = openings
    .filter(({ from, to }) => from !== to)
    .reduce(
      (text, { from, to }) => text.replaceAll(` ${from}`, () => ` ${to}`),
      reason.slice(length),
    );
  return (length > 0 ? (first?.to ?? '') : '') + rest;
}
