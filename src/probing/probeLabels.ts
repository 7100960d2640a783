import type { Analysis } from '../compiler/analysis/analysis';
import { compileEvaluation } from '../compiler/programs/compileEvaluation';
import { OUTPUT, type EvaluationProgram } from '../compiler/programs/compiled';
import { portKey, type PortKey } from '../compiler/graph/graph';
import type { DataRequest } from '../compiler/lowering/dataRequest';
import { loadData, type DataSource, type LoadedData } from '../compiler/programs/loadData';
import { defined } from '../core/invariant';
import { success, type Result } from '../core/result';
import type { Engine, HostArray } from '../engine/engine';
import { fittingState } from '../engine/fittingState';
import { sampleSize } from '../graph/ports';
import { knnAccuracy } from './knn';
import { labelled, type Labelled } from './labelled';
import { linearProbeAccuracy } from './linearProbe';
import type { ModelState } from './probe';
import type { LinearProbeReport } from './report';
import { rowMatrix } from './rowMatrix';

/** What bounds the cost to a few seconds. */
const MAXIMUM_ROWS = 1500;
const MAXIMUM_WIDTH = 512;

export interface LabelReport {
  readonly linearProbe: Readonly<Record<PortKey, LinearProbeReport>>;
  readonly knn: Readonly<Record<PortKey, number>>;
}

/**
 * Linear probe and kNN of every embedding on the labels of the data, trained on training rows and scored on held-out
 * ones; null when the graph has no labelled data or no embedding with one row a sample.
 */
export async function probeLabels(
  analysis: Analysis,
  engine: Engine,
  model: ModelState,
  source: DataSource,
): Promise<Result<LabelReport | null>> {
  const train = await evaluateSplit(analysis, engine, model, source, 'train');
  if (!train.ok) return train;
  const heldOut = await evaluateSplit(analysis, engine, model, source, 'heldOut');
  if (!heldOut.ok) return heldOut;
  if (!train.value || !heldOut.value) return success(null);

  const before = train.value;
  const after = heldOut.value;
  const linearProbe: Record<PortKey, LinearProbeReport> = {};
  const knn: Record<PortKey, number> = {};
  const rawInput = linearProbeAccuracy(before.raw, after.raw);
  const probed: Sides[] = [];
  for (const key of before.trained.keys()) {
    const sides = sidesOf(key, before, after);
    const twin = probed.find((other) => isSame(other, sides));
    if (twin) {
      linearProbe[key] = defined(linearProbe[twin.key], twin.key);
      knn[key] = defined(knn[twin.key], twin.key);
      continue;
    }
    probed.push(sides);
    linearProbe[key] = {
      accuracy: linearProbeAccuracy(sides.train, sides.test),
      randomInitialisation: linearProbeAccuracy(sides.randomTrain, sides.randomTest),
      rawInput,
    };
    knn[key] = knnAccuracy(sides.train, sides.test);
  }
  return success({ linearProbe, knn });
}

/** What the probes of one representation read. */
interface Sides {
  readonly key: PortKey;
  readonly train: Labelled;
  readonly test: Labelled;
  readonly randomTrain: Labelled;
  readonly randomTest: Labelled;
}

function sidesOf(key: PortKey, before: SplitFeatures, after: SplitFeatures): Sides {
  return {
    key,
    train: defined(before.trained.get(key), key),
    test: defined(after.trained.get(key), key),
    randomTrain: defined(before.random.get(key), key),
    randomTest: defined(after.random.get(key), key),
  };
}

/** Branches that share their weights give the same where views are off: one of them is probed. */
function isSame(a: Sides, b: Sides): boolean {
  return (
    isSameMatrix(a.train, b.train) &&
    isSameMatrix(a.test, b.test) &&
    isSameMatrix(a.randomTrain, b.randomTrain) &&
    isSameMatrix(a.randomTest, b.randomTest)
  );
}

function isSameMatrix({ features: a }: Labelled, { features: b }: Labelled): boolean {
  return a.columns === b.columns && a.values.every((value, index) => value === b.values[index]);
}

interface SplitFeatures {
  readonly raw: Labelled;
  readonly trained: ReadonlyMap<PortKey, Labelled>;
  /** With the initial weights. */
  readonly random: ReadonlyMap<PortKey, Labelled>;
}

async function evaluateSplit(
  analysis: Analysis,
  engine: Engine,
  model: ModelState,
  source: DataSource,
  split: 'train' | 'heldOut',
): Promise<Result<SplitFeatures | null>> {
  const compiled = compileEvaluation(analysis, { split, rows: MAXIMUM_ROWS });
  if (!compiled.ok) return compiled;
  const evaluation = compiled.value;
  const ports = evaluation.representations.filter(
    ({ space, rows, dim }) =>
      space === 'embedding' && rows === evaluation.batch && dim <= MAXIMUM_WIDTH,
  );
  if (ports.length === 0) return success(null);
  const loaded = await loadData(evaluation.data, source);
  if (!loaded.ok) return loaded;
  const input = rawInput(analysis, evaluation, loaded.value, split);
  if (!input) return success(null);

  const executable = await engine.compile(evaluation.program, loaded.value.arrays);
  try {
    const capture = async (): Promise<ReadonlyMap<PortKey, Labelled>> => {
      await executable.run(1);
      const outputs = await executable.readOutputs(
        ports.map(({ key }) => OUTPUT.representation(key)),
      );
      return new Map(
        ports.map(({ key, rows, dim }) => {
          const values = defined(outputs.get(OUTPUT.representation(key)), `output ${key}`);
          return [key, labelled(rowMatrix(rows, dim, finite(values)), input.labels)];
        }),
      );
    };
    // A new executable has the initial weights.
    const random = await capture();
    executable.writeState(fittingState(evaluation.program, model.state), 0);
    return success({ raw: input, random, trained: await capture() });
  } finally {
    executable.dispose();
  }
}

/**
 * All columns of the labelled data set that the model reads, side by side, as the evaluation reads its rows; null without labels.
 * What only probes read, labels among it, is no input.
 */
function rawInput(
  { graph }: Analysis,
  { data, batch }: EvaluationProgram,
  { arrays, labels }: LoadedData,
  split: 'train' | 'heldOut',
): Labelled | null {
  const isRead = ({ dataset, column }: DataRequest): boolean =>
    graph.nodes.some(
      ({ id, definition, params }) =>
        definition.dataset?.(params).id === dataset.id && graph.consumers.has(portKey(id, column)),
    );
  const read = data.filter(isRead);
  const request = read.find(({ dataset }) => labels.has(dataset.id));
  if (!request) return null;
  const { dataset } = request;
  const own = read.filter((other) => other.dataset.id === dataset.id);
  const columns = own.map(({ name, column }) => ({
    values: defined(arrays.get(name), name),
    size: sampleSize(defined(dataset.columns[column], column)),
  }));
  const width = columns.reduce((sum, { size }) => sum + size, 0);
  const values = new Float64Array(batch * width);
  let offset = 0;
  for (const { values: source, size } of columns) {
    for (let row = 0; row < batch; row++) {
      values.set(source.subarray(row * size, (row + 1) * size), row * width + offset);
    }
    offset += size;
  }
  const all = defined(labels.get(dataset.id), 'labels')[split];
  return labelled({ rows: batch, columns: width, values }, all.subarray(0, batch));
}

/** A diverged model has an accuracy too: that of guessing. */
function finite(values: HostArray): Float64Array {
  return Float64Array.from(values, (value) => (Number.isFinite(value) ? value : 0));
}
