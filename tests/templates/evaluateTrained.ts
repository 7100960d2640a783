import { Matrix } from 'ml-matrix';
import { registry } from '../../nodes/index';
import { applySettings } from '../../src/cli/applySettings';
import { readAsset } from '../../src/cli/assets';
import { analyse } from '../../src/compiler/analysis/analyse';
import type { Analysis } from '../../src/compiler/analysis/analysis';
import type { PortKey } from '../../src/compiler/graph/graph';
import { inferFreeVariables } from '../../src/compiler/latentInference/inference';
import { Evaluation, type Split } from '../../src/compiler/lowering/lower';
import { ProgramContext } from '../../src/compiler/lowering/programContext';
import { finishProgram } from '../../src/compiler/programs/finishProgram';
import { loadData } from '../../src/compiler/programs/loadData';
import { defined } from '../../src/core/invariant';
import type { HostArray } from '../../src/engine/engine';
import { fittingState } from '../../src/engine/fittingState';
import { Builder } from '../../src/ir/builder';
import { elementCount } from '../../src/ir/types';
import { need, type TrainedTemplate } from './trainTemplate';

export interface TrainedEvaluationOptions {
  readonly split?: Split;
  /** `[rows, size]` by column of the data set, in the place of the first rows of the split; other columns keep theirs. */
  readonly given?: Readonly<Record<string, Matrix>>;
  /** Settings of the document that leave its weights as they are, such as `points.count=10000` for more rows. */
  readonly set?: readonly string[];
}

/**
 * Any outputs of trained nodes, by `node.port`, in evaluation mode: views off, running statistics, free variables inferred.
 * A matrix has a row for each sample, or each step of each; energies have one column. Rows are those of `given`, or else the
 * whole split.
 */
export async function evaluateTrained<Port extends PortKey>(
  { document, engine, state }: TrainedTemplate,
  ports: readonly Port[],
  { split = 'heldOut', given = {}, set = [] }: TrainedEvaluationOptions = {},
): Promise<Readonly<Record<Port, Matrix>>> {
  const analysis = analyse(applySettings(document, { set }, registry), registry);
  const rows = Object.values(given).map((matrix) => matrix.rows);
  const batch = Math.min(...rows, ...datasetRows(analysis, split));

  const builder = new Builder();
  const context = new ProgramContext(builder, analysis);
  const options = { mode: 'evaluate', views: 'evaluate', split, batch } as const;
  const outputs = inferFreeVariables(context, options);
  const evaluation = new Evaluation(context, { ...options, outputs });
  const values = new Map(ports.map((port) => [port, evaluation.output(reference(port))]));
  const program = finishProgram(context, {
    updates: new Map(),
    metrics: new Map(),
    outputs: values,
  });

  const source = { seed: analysis.training.seed, asset: readAsset };
  const { arrays } = need(await loadData(context.requests, source));
  const data = new Map(
    context.requests.map(({ name, column }) => [
      name,
      replaced(defined(arrays.get(name), name), given[column]),
    ]),
  );
  const executable = await engine.compile(program, data);
  executable.writeState(fittingState(program, state), 0);
  await executable.run(1);
  const found = await executable.readOutputs();
  executable.dispose();
  const matrices = ports.map((port) => {
    const { shape } = defined(values.get(port), port);
    const array = Array.from(defined(found.get(port), port));
    return [port, Matrix.from1DArray(shape[0] ?? 1, elementCount(shape.slice(1)), array)];
  });
  return Object.fromEntries(matrices) as Record<Port, Matrix>;
}

function datasetRows({ graph }: Analysis, split: Split): number[] {
  return graph.nodes.flatMap(({ definition, params }) => {
    const dataset = definition.dataset?.(params);
    if (!dataset) return [];
    return [split === 'train' ? dataset.trainRows : dataset.heldOutRows];
  });
}

function reference(port: PortKey): { nodeId: string; port: string } {
  const [nodeId = '', name = ''] = port.split('.');
  return { nodeId, port: name };
}

function replaced(values: HostArray, given: Matrix | undefined): HostArray {
  if (!given) return values;
  const copy = values.slice();
  copy.set(given.to1DArray());
  return copy;
}

/** The rows of points in the plane that a template's data node `points` gives. */
export async function pointsOf(
  trained: TrainedTemplate,
  options?: TrainedEvaluationOptions,
): Promise<Matrix> {
  return (await evaluateTrained(trained, ['points.y'], options))['points.y'];
}

/** The energy of each sample. */
export async function energiesOf(
  trained: TrainedTemplate,
  nodeId: string,
  options?: TrainedEvaluationOptions,
): Promise<readonly number[]> {
  const port = `${nodeId}.energy` as const;
  return defined((await evaluateTrained(trained, [port], options))[port], port).getColumn(0);
}
