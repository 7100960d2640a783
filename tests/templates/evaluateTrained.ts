import { Matrix } from 'ml-matrix';
import { registry } from '../../nodes/index';
import { applySettings } from '../../src/cli/applySettings';
import { readAsset } from '../../src/cli/assets';
import { analyse } from '../../src/compiler/analysis/analyse';
import type { PortKey } from '../../src/compiler/graph/graph';
import { compileEvaluation } from '../../src/compiler/programs/compileEvaluation';
import { OUTPUT } from '../../src/compiler/programs/compiled';
import { loadData } from '../../src/compiler/programs/loadData';
import { defined } from '../../src/core/invariant';
import type { HostArray } from '../../src/engine/engine';
import { fittingState } from '../../src/engine/fittingState';
import { sampleSize } from '../../src/graph/ports';
import { need, type TrainedTemplate } from './trainTemplate';

export interface EvaluationOptions {
  readonly split?: 'train' | 'heldOut';
  /** At most this many rows; all of the split when not given. */
  readonly rows?: number;
  /** `[rows, size]` by column of the data set, in the place of the data's own rows; columns that are not given keep theirs. */
  readonly given?: Readonly<Record<string, Matrix>>;
  /** Settings of the document that leave its weights as they are, such as `points.count=10000` for more rows. */
  readonly set?: readonly string[];
}

/** One evaluation of trained weights, a row a sample. */
export interface Evaluation {
  /** `[rows, dim]`: what a module gives, by `node.port`. */
  output(key: PortKey): Matrix;
  /** `[rows]`: an energy of true pairs. */
  energy(nodeId: string): Float64Array;
  /** `[rows, size]`: a column of the data, as it was evaluated. */
  data(column: string): Matrix;
}

/** Runs a trained template in evaluation mode: views off, running statistics. */
export async function evaluateTrained(
  { document, engine, state }: TrainedTemplate,
  { split = 'heldOut', rows = Infinity, given = {}, set = [] }: EvaluationOptions = {},
): Promise<Evaluation> {
  const analysis = analyse(applySettings(document, { set }, registry), registry);
  const asked = Math.min(rows, ...Object.values(given).map((matrix) => matrix.rows));
  const evaluation = need(compileEvaluation(analysis, { split, rows: asked }));
  const { program, data, batch, representations } = evaluation;
  const source = { seed: analysis.training.seed, asset: readAsset };
  const { arrays } = need(await loadData(data, source));
  const columns = new Map<string, HostArray>(
    data.map(({ name, column }) => {
      const values = given[column];
      return [
        name,
        values ? Float32Array.from(values.to1DArray()) : defined(arrays.get(name), name),
      ];
    }),
  );
  const executable = await engine.compile(program, columns);
  executable.writeState(fittingState(program, state), 0);
  await executable.run(1);
  const outputs = await executable.readOutputs();
  executable.dispose();
  const output = (name: string): HostArray => defined(outputs.get(name), `output ${name}`);
  return {
    output: (key) => {
      const port = defined(
        representations.find((one) => one.key === key),
        key,
      );
      return matrixOf(port.rows, port.dim, output(OUTPUT.representation(key)));
    },
    energy: (nodeId) => Float64Array.from(output(OUTPUT.energy(nodeId))),
    data: (column) => {
      const request = defined(
        data.find((one) => one.column === column),
        `column ${column}`,
      );
      const size = sampleSize(defined(request.dataset.columns[column], column));
      const values = defined(columns.get(request.name), request.name);
      return matrixOf(batch, size, values.subarray(0, batch * size));
    },
  };
}

function matrixOf(rows: number, columns: number, values: HostArray): Matrix {
  return Matrix.from1DArray(rows, columns, Array.from(values));
}
