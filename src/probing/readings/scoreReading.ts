import { invariant } from '../../core/invariant';
import type { ProbeArm } from '../../compiler/probes/probeValues';
import type { RowMatrix } from '../rowMatrix';
import { confusionMatrix, scoreOf, type Prediction, type Truth } from '../scores';
import type { ReadingMaterial, ScoreReading } from './reading';

/** More classes make no matrix that could be read. */
const MAXIMUM_CLASSES = 40;

/** The report of a probe that predicts, from what it makes of each arm: null where it cannot say anything yet. */
export function scoreReading(
  { probe, heldOut }: ReadingMaterial,
  predict: (arm: ProbeArm, rows: RowMatrix) => Prediction | null,
): ScoreReading {
  const { truth, arms } = heldOut;
  invariant(truth !== null, 'a probe that predicts has a truth');
  const predictions = new Map([...arms].map(([arm, rows]) => [arm, predict(arm, rows)]));
  const score = (arm: ProbeArm): number | null => {
    const prediction = predictions.get(arm);
    return prediction ? scoreOf(prediction, truth) : null;
  };
  const trained = predictions.get('trained');
  return {
    kind: 'score',
    label: probe.label,
    measure: truth.kind === 'classes' ? 'accuracy' : 'R²',
    rows: rowsOf(truth),
    scores: { trained: score('trained'), untrained: score('untrained'), raw: score('raw') },
    confusion:
      truth.kind === 'classes' && trained?.kind === 'classes' && truth.count <= MAXIMUM_CLASSES
        ? confusionMatrix(trained.labels, truth.labels, truth.count)
        : null,
  };
}

function rowsOf(truth: Truth): number {
  return truth.kind === 'classes' ? truth.labels.length : truth.values.rows;
}
