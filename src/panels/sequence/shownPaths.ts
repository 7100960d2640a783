import type { SequenceFilm, SequenceFrame } from '../../probing/sequence/sequenceFrame';
import type { DrawnPath } from './drawPlaces';
import { markStyle } from './markStyle';
import type { Look } from './SequenceControls';
import { stepAt } from './sequenceErrors';

/** The true paths up to the step that is looked at, of what the shown probes speak of (of the first where none is), and those that they say. */
export function shownPaths(
  { places, sequences }: SequenceFrame,
  { paths, steps }: SequenceFilm,
  { sequence, step, hidden }: Look,
): DrawnPath[] {
  const shown = places.flatMap((place, index) =>
    hidden.includes(place.nodeId) ? [] : [{ place, style: markStyle(index) }],
  );
  const columns = new Set(shown.map(({ place }) => place.column));
  const truth = paths.filter(({ column }, index) =>
    columns.size > 0 ? columns.has(column) : index === 0,
  );
  return [
    ...truth.map(({ values }): DrawnPath => {
      const start = 2 * sequence * steps;
      return {
        ...{ style: null, isEarlier: false },
        places: [...values.subarray(start, start + 2 * (step + 1))],
      };
    }),
    ...shown.flatMap(({ place: { decoded, frames }, style }): DrawnPath[] => {
      const at = stepAt(frames, step);
      if (at === null) return [];
      const start = (decoded.length / sequences) * sequence;
      return [
        {
          ...{ style, isEarlier: frames[at] !== step },
          places: [...decoded.subarray(start, start + 2 * (at + 1))],
        },
      ];
    }),
  ];
}
