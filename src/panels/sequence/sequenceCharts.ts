import type { SequenceFrame } from '../../probing/sequence/sequenceFrame';
import type { CurveStyle } from '../charts/curveStyle';
import { csvText } from '../run/metricsCsv';
import { curveStyleOf, markStyle, MEAN_DASH } from './markStyle';
import { meanOverSequences, ofSequence, placeErrors } from './sequenceErrors';

/** A curve over the steps of a sequence. */
export interface SequenceLine {
  readonly label: string;
  readonly style: CurveStyle;
  /** Of this very sequence; else a mean over all. */
  readonly isOwn: boolean;
  /** The step of the data that each value is about, from 0. */
  readonly frames: readonly number[];
  readonly values: readonly number[];
  /** The probe, where it is one that can be hidden. */
  readonly probe: string | null;
}

export interface SequenceChartData {
  readonly id: string;
  readonly title: string;
  /** What is drawn upwards. */
  readonly measure: string;
  readonly lines: readonly SequenceLine[];
}

const PLACES = 'places';

/** The places of all probes in one, then each energy and each rollout. */
export function sequenceCharts(frame: SequenceFrame, sequence: number): SequenceChartData[] {
  const { places, curves } = frame;
  const charts: SequenceChartData[] = [];
  if (places.length > 0) {
    charts.push({
      ...{ id: PLACES, title: 'Places' },
      measure: 'distance from the true place; half the width is 1',
      lines: places.flatMap((place, index) => {
        const { nodeId, label, frames } = place;
        const errors = placeErrors(place);
        const style = curveStyleOf(markStyle(index));
        const shared = { frames, probe: nodeId };
        return [
          { ...shared, label, style, isOwn: true, values: ofSequence(errors, frame, sequence) },
          {
            ...{ ...shared, label: `${label}, mean`, isOwn: false },
            style: { ...style, dash: MEAN_DASH, width: 1.5 },
            values: meanOverSequences(errors, frame),
          },
        ];
      }),
    });
  }
  for (const { nodeId, label, kind, frames, own, others } of curves) {
    const colour = kind === 'energy' ? '--category-energy' : '--category-module';
    const line = (name: string, isOwn: boolean, values: number[], style: CurveStyle) => ({
      ...{ label: name, isOwn, values, style, frames, probe: null },
    });
    charts.push({
      ...{ id: nodeId, title: label },
      measure: kind === 'energy' ? 'energy' : 'distance from the true states',
      lines: [
        line('this sequence', true, ofSequence(own, frame, sequence), {
          colour,
          dash: [],
          width: 2,
        }),
        line('mean of all', false, meanOverSequences(own, frame), {
          colour,
          dash: MEAN_DASH,
          width: 1.5,
        }),
        ...(others
          ? [
              line('other pairs, mean', false, meanOverSequences(others, frame), {
                colour: '--text-faint',
                dash: [6, 3],
                width: 1.5,
              }),
            ]
          : []),
      ],
    });
  }
  return charts;
}

/** One row a step of the data, with all curves of all charts. */
export function sequenceCsv(charts: readonly SequenceChartData[], steps: number): string {
  const lines = charts.flatMap(({ id, title, lines: all }) =>
    all.map((line) => ({
      ...line,
      header: id === PLACES ? line.label : `${title}, ${line.label}`,
    })),
  );
  return csvText(
    ['step', ...lines.map(({ header }) => header)],
    Array.from({ length: steps }, (_, frame) => [
      frame + 1,
      ...lines.map(({ frames, values }) => values[frames.indexOf(frame)] ?? null),
    ]),
  );
}
