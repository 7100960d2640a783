import { z } from 'zod';
import { analyse } from '../../src/compiler/analysis/analyse';
import { stateName } from '../../src/compiler/names';
import { compileTraining } from '../../src/compiler/programs/compileTraining';
import { defined, invariant } from '../../src/core/invariant';
import type { Result } from '../../src/core/result';
import { defineNode, type DatasetSpec } from '../../src/graph/nodeDefinition';
import { tensorType } from '../../src/graph/ports';
import { createRegistry, type Registry } from '../../src/graph/registry';
import type { Program } from '../../src/ir/types';
import { registry } from '../../nodes/index';
import type { Arrays, NamedArray } from '../workloads/arrays';
import { BATCH_KIND, workloadDocument } from '../workloads/documents';
import { isSearching, type Model, type SearchingModel } from '../workloads/workload';
import { basinProgram } from './basinProgram';

/** A training step with what it is to be given. */
export interface BasinStep {
  readonly program: Program;
  /** By the names of `program.data`. */
  readonly data: ReadonlyMap<string, Float32Array>;
  /** The initial weights, by the names of `program.state`. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** The step of a model on its arrays: of one that searches as the product compiles its document. */
export function basinStep(model: Model, arrays: Arrays): BasinStep {
  if (isSearching(model)) return documentStep(model, arrays);
  const values = (list: readonly NamedArray[]): Map<string, Float32Array> =>
    new Map(list.map((array) => [array.name, array.values]));
  return {
    program: basinProgram(model, arrays),
    data: values(arrays.data),
    weights: values(arrays.weights),
  };
}

function documentStep(model: SearchingModel, arrays: Arrays): BasinStep {
  const analysis = analyse(workloadDocument(model), withBatch(arrays.data, model.batch));
  const { program, data } = unwrap(compileTraining(analysis));
  const weights = new Map(arrays.weights.map(({ name, values }) => [stateOf(name), values]));
  for (const { name, purpose } of program.state) {
    invariant(purpose !== 'weight' || weights.has(name), `the workload gives ${name}`);
  }
  return {
    program,
    data: new Map(
      data.map(({ name, column }) => {
        const array = arrays.data.find((one) => one.name === column);
        return [name, defined(array, column).values];
      }),
    ),
    weights,
  };
}

/** `energy/layer0/w` is the state `energy.0.weight`, `table/w` is `table.weight`. */
function stateOf(name: string): string {
  const [node = '', ...rest] = name.split('/');
  const kind = rest.pop() === 'w' ? 'weight' : 'bias';
  return stateName(node, [...rest.map((layer) => layer.replace('layer', '')), kind].join('.'));
}

/**
 * All kinds, and one whose training rows are the workload's batch: each step draws all of them, in another order, as the
 * rows of any data set are drawn.
 */
function withBatch(arrays: readonly NamedArray[], rows: number): Registry {
  const dataset: DatasetSpec = {
    id: BATCH_KIND,
    trainRows: rows,
    heldOutRows: 0,
    columns: Object.fromEntries(
      arrays.map(({ name, shape }) => [name, tensorType(shape.slice(1))]),
    ),
    load: async () => ({
      columns: Object.fromEntries(arrays.map(({ name, values }) => [name, values])),
    }),
  };
  const batch = defineNode({
    kind: BATCH_KIND,
    category: 'data',
    title: 'Batch',
    help: 'The batch of a workload.',
    source: 'the benchmark',
    params: z.object({}),
    ports: () => ({
      inputs: [],
      outputs: arrays.map(({ name }) => ({ name, type: 'tensor', help: 'An array.' })),
    }),
    time: 'aware',
    dataset: () => dataset,
    infer: () => ({ ok: true, outputs: dataset.columns }),
    lower: (context) => Object.fromEntries(arrays.map(({ name }) => [name, context.column(name)])),
  });
  return createRegistry([...registry.definitions, batch]);
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}
