import type { ProbeArm } from '../compiler/probes/probeValues';
import type { Picture, WatchedProbe } from '../compiler/probes/watchedProbe';
import { RandomStream } from '../core/random';
import { defined, invariant } from '../core/invariant';
import { linearProbeClasses } from './linearProbe';
import { labelled } from './labelled';
import { nearestRows, rowOf } from './nearest';
import { knnPrediction } from './readings/knn';
import type { ArmScores, Captured } from './readings/reading';
import { ridgePredictions } from './ridge';
import { unitRows, type RowMatrix } from './rowMatrix';
import { scoreOf, type Prediction, type Truth } from './scores';

/** What can be asked of a probe besides its report: it takes a moment. */
export type StudyRequest =
  | { readonly kind: 'efficiency' }
  /** `sample`: a held-out row. */
  | { readonly kind: 'neighbours'; readonly sample: number };

/** The score by how many of the training rows have labels. */
export interface EfficiencyStudy {
  readonly kind: 'efficiency';
  readonly measure: 'accuracy' | 'R²';
  readonly points: readonly EfficiencyPoint[];
}

export interface EfficiencyPoint {
  /** Part of the training rows. */
  readonly fraction: number;
  readonly rows: number;
  readonly scores: ArmScores;
}

/** A row of the data as it can be drawn. */
export interface ShownRow {
  readonly row: number;
  readonly label: number | null;
  /** Values of the picture, or null where the data has none. */
  readonly picture: readonly number[] | null;
}

export interface NeighboursStudy {
  readonly kind: 'neighbours';
  readonly sample: number;
  /** Held-out rows. */
  readonly count: number;
  readonly pictureShape: readonly [number, number, number] | null;
  readonly asked: ShownRow;
  /** The nearest training rows by cosine, the nearest first. */
  readonly nearest: readonly {
    readonly arm: ProbeArm;
    readonly rows: readonly (ShownRow & { readonly cosine: number })[];
  }[];
}

export type ProbeStudy = EfficiencyStudy | NeighboursStudy;

const FRACTIONS = [0.01, 0.03, 0.1, 0.3, 1];
const NEIGHBOURS_SHOWN = 8;
/** A linear reader is fitted to its optimum on at most so many rows and numbers. */
const MAXIMUM_ROWS = 1500;
const MAXIMUM_WIDTH = 1024;

export interface StudyMaterial {
  readonly probe: WatchedProbe;
  readonly train: Captured;
  readonly heldOut: Captured;
}

export function studyProbe(material: StudyMaterial, request: StudyRequest): ProbeStudy {
  return request.kind === 'efficiency'
    ? labelEfficiency(material)
    : neighboursOf(material, request.sample);
}

/**
 * The probe fitted anew on 1, 3, 10, 30 and 100 % of the training rows, of each class as many, the same rows in every arm: a
 * linear reader to its optimum (`fitLogistic`, `ridgePredictions`), kNN as it is.
 */
export function labelEfficiency({ probe, train, heldOut }: StudyMaterial): EfficiencyStudy {
  const known = truthOf(train);
  const asked = truthOf(heldOut);
  const order = shuffled(rowCount(known));
  const fit = probe.reading === 'knn' ? knnFit(Number(probe.params['neighbours'])) : linearFit;
  const points = FRACTIONS.map((fraction): EfficiencyPoint => {
    const rows = labelledPart(known, order, fraction);
    const score = (arm: ProbeArm): number | null => {
      const features = train.arms.get(arm);
      const queries = heldOut.arms.get(arm);
      if (!features || !queries || features.columns > MAXIMUM_WIDTH) return null;
      return scoreOf(fit(pick(features, rows), pickTruth(known, rows), queries), asked);
    };
    const scores = { trained: score('trained'), untrained: score('untrained'), raw: score('raw') };
    return { fraction, rows: rows.length, scores };
  });
  return { kind: 'efficiency', measure: asked.kind === 'classes' ? 'accuracy' : 'R²', points };
}

type Fit = (features: RowMatrix, truth: Truth, queries: RowMatrix) => Prediction;

const knnFit =
  (neighbours: number): Fit =>
  (features, truth, queries) =>
    knnPrediction(features, truth, queries, neighbours);

const linearFit: Fit = (features, truth, queries) =>
  truth.kind === 'classes'
    ? {
        kind: 'classes',
        labels: linearProbeClasses(labelled(features, truth.labels), queries, truth.count),
      }
    : { kind: 'numbers', values: ridgePredictions(features, truth.values, queries) };

/** The nearest training rows of a held-out one, in each arm. */
export function neighboursOf(
  { probe, train, heldOut }: StudyMaterial,
  sample: number,
): NeighboursStudy {
  const asked = truthOf(heldOut);
  const count = rowCount(asked);
  const row = Math.min(Math.max(0, sample), count - 1);
  const { picture } = probe;
  const nearest = [...train.arms].map(([arm, features]) => {
    const queries = unitRows(defined(heldOut.arms.get(arm), arm));
    const found = nearestRows(unitRows(features), rowOf(queries, row), NEIGHBOURS_SHOWN);
    return {
      arm,
      rows: found.map((one) => ({ ...shownRow(train, picture, one.row), cosine: one.cosine })),
    };
  });
  return {
    kind: 'neighbours',
    sample: row,
    count,
    pictureShape: picture?.shape ?? null,
    asked: shownRow(heldOut, picture, row),
    nearest,
  };
}

function shownRow({ arms, truth }: Captured, picture: Picture | null, row: number): ShownRow {
  const raw = arms.get('raw');
  const [height = 0, width = 0, channels = 0] = picture?.shape ?? [];
  return {
    row,
    label: truth?.kind === 'classes' ? (truth.labels[row] ?? null) : null,
    picture:
      raw && picture
        ? [...rowOf(raw, row).subarray(picture.offset, picture.offset + height * width * channels)]
        : null,
  };
}

function truthOf({ truth }: Captured): Truth {
  invariant(truth !== null, 'a probe that predicts has a truth');
  return truth;
}

function rowCount(truth: Truth): number {
  return truth.kind === 'classes' ? truth.labels.length : truth.values.rows;
}

/** Row numbers in an order that is always the same. */
function shuffled(count: number): Int32Array {
  const random = new RandomStream([0, 0]);
  const order = Int32Array.from({ length: count }, (_, row) => row);
  for (let i = count - 1; i > 0; i--) {
    const other = random.integer(i + 1);
    const kept = order[i] ?? 0;
    order[i] = order[other] ?? 0;
    order[other] = kept;
  }
  return order.subarray(0, MAXIMUM_ROWS);
}

/** The first part of each class, at least one row of it; of numbers the first part, at least two rows. */
function labelledPart(truth: Truth, order: Int32Array, fraction: number): Int32Array {
  if (truth.kind === 'numbers') {
    return order.subarray(0, Math.max(2, Math.round(fraction * order.length)));
  }
  const classOf = (row: number): number => truth.labels[row] ?? 0;
  const sizes = new Map<number, number>();
  for (const row of order) sizes.set(classOf(row), (sizes.get(classOf(row)) ?? 0) + 1);
  const taken = new Map<number, number>();
  return order.filter((row) => {
    const label = classOf(row);
    const before = taken.get(label) ?? 0;
    taken.set(label, before + 1);
    return before < Math.max(1, Math.round(fraction * (sizes.get(label) ?? 0)));
  });
}

function pick({ columns, values }: RowMatrix, rows: Int32Array): RowMatrix {
  const picked = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    picked.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { rows: rows.length, columns, values: picked };
}

function pickTruth(truth: Truth, rows: Int32Array): Truth {
  return truth.kind === 'classes'
    ? { ...truth, labels: rows.map((row) => truth.labels[row] ?? 0) }
    : { ...truth, values: pick(truth.values, rows) };
}
