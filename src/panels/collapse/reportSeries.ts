import type { ProbeReport, RepresentationReport } from '../../probing/report';
import type { Curve } from '../charts/StepChart';
import { curveStyles, PLAIN_STYLE } from '../charts/curveStyle';

export interface ReportChart {
  readonly title: string;
  /** One sentence on how to read it. */
  readonly hint: string;
  readonly steps: readonly number[];
  readonly curves: readonly Curve[];
}

/** How the evidence moved: deviation and effective rank of every representation, gap of every energy. */
export function reportCharts(reports: readonly ProbeReport[]): ReportChart[] {
  const latest = reports.at(-1);
  if (latest === undefined) return [];
  const steps = reports.map(({ step }) => step);
  const reps = Object.entries(latest.reps);
  const repStyles = curveStyles(reps.map(() => 'module'));
  const repCurves = (value: (rep: RepresentationReport) => number): Curve[] =>
    reps.map(([key, { label }], index) => ({
      label,
      style: repStyles[index] ?? PLAIN_STYLE,
      points: reports.map(({ reps }) => {
        const rep = Object.entries(reps).find(([other]) => other === key)?.[1];
        return rep === undefined ? null : finiteOrNull(value(rep));
      }),
      visible: true,
    }));

  const energies = Object.entries(latest.energies);
  const energyStyles = curveStyles(energies.map(() => 'energy'));
  const gapCurves = energies.flatMap(([nodeId, { label, gap }], index): Curve[] => {
    if (gap === null) return [];
    const points = reports.map(({ energies }) => finiteOrNull(energies[nodeId]?.gap ?? NaN));
    return [{ label, style: energyStyles[index] ?? PLAIN_STYLE, points, visible: true }];
  });

  const charts: ReportChart[] = [];
  if (reps.length > 0) {
    charts.push(
      {
        title: 'Mean std',
        hint: 'Mean over dimensions on held-out data. Towards 0 is complete collapse.',
        steps,
        curves: repCurves(({ meanStd }) => meanStd),
      },
      {
        title: 'Rank / D',
        hint: 'How many dimensions are in use, as a part of those there are. Read it with the deviation.',
        steps,
        curves: repCurves(({ effectiveRank, dim }) => effectiveRank / dim),
      },
    );
  }
  if (gapCurves.length > 0) {
    charts.push({
      title: 'Energy gap',
      hint: 'F(x, other y) − F(x, y). At 0 the energy is flat: it does not tell right from wrong.',
      steps,
      curves: gapCurves,
    });
  }
  return charts;
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
