import { analyse } from '../../compiler/analysis/analyse';
import type { Analysis } from '../../compiler/analysis/analysis';
import { trainedSteps } from '../../compiler/lowering/trainedSteps';
import type { DataRequest } from '../../compiler/lowering/dataRequest';
import { loadData, type DataSource } from '../../compiler/programs/loadData';
import { hasErrors, type Diagnostic } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import { failure, success, type Result } from '../../core/result';
import { documentSection } from '../../document/scriptDocument';
import type { BasinDocument, OptimizerSettings } from '../../document/schema';
import type { Registry } from '../../graph/registry';
import type { StateSpec } from '../../ir/types';
import { initialState } from '../../engine/initialState';
import { writeSafetensors, type NamedTensor } from '../safetensors';
import { ModelWriter, type WrittenModel } from './modelScript';
import { Modules } from './modules';
import { keyCode } from './randomStreams';
import { breakLine } from './breakLine';
import { indented, Names, prose, pythonNumber, pythonString } from './python';
import { DISTRIBUTED } from './runtime/distributed';
import { FILES } from './runtime/files';
import { HEAD } from './runtime/head';
import { OPERATIONS_SECTION } from './runtime/operations';
import { RANDOM } from './runtime/random';
import { STATE_OF_RUN } from './runtime/stateOfRun';
import { TRAINING } from './runtime/training';
import {
  ROOT,
  traceEvaluation,
  traceTraining,
  type Traced,
  type TracedEvaluation,
  type TracedTraining,
} from './traceGraph';

/** File name → content. */
export type ExportedFiles = ReadonlyMap<string, Uint8Array>;

/** Where data come from; the seed is the document's. */
export type ExportSource = Omit<DataSource, 'seed'>;

/**
 * A document as a PyTorch script that trains as Basin does, with its initial weights and its data beside it
 * (docs/command-line.md §5). What cannot be written as one is refused at once.
 */
export async function exportPytorch(
  document: BasinDocument,
  registry: Registry,
  source: ExportSource,
): Promise<Result<ExportedFiles>> {
  const analysis = analyse(document, registry);
  const told = analysis.diagnostics.filter(({ severity }) => severity !== 'info');
  if (hasErrors(told)) return failure(...told);
  const at = (batchSize: number): Analysis =>
    analyse({ ...document, training: { ...document.training, batchSize } }, registry);
  const training = traceTraining(analysis, at);
  const evaluation = traceEvaluation(analysis);
  const loaded = await loadData([...training.context.requests, ...evaluation.context.requests], {
    ...source,
    seed: document.training.seed,
  });
  if (!loaded.ok) return loaded;

  const specs = modelStates([training, evaluation]);
  const requests = [...training.context.requests, ...evaluation.context.requests];
  const dataNames = shortNames(requests);
  const script = writeScript(document, analysis, training, evaluation, specs, dataNames);
  const shapes = new Map([...training.context.data, ...evaluation.context.data]);
  // A data set may have more columns than are read.
  const read = [...loaded.value.arrays].filter(([name]) =>
    script.includes(pythonString(dataNames.get(name) ?? name)),
  );
  const data = read.map(([name, values]): NamedTensor => ({
    name: dataNames.get(name) ?? name,
    shape: defined(shapes.get(name), `data ${name}`).shape,
    values,
  }));
  const weights = specs.map((spec): NamedTensor => ({
    name: spec.name,
    shape: spec.shape,
    values: initialState(spec),
  }));
  return success(
    new Map([
      ['train.py', new TextEncoder().encode(script)],
      ['weights.safetensors', writeSafetensors(weights, weightsMetadata(document))],
      ['data.safetensors', writeSafetensors(data, {})],
    ]),
    [...leftOut(analysis), ...loaded.diagnostics],
  );
}

/** `digits/train/x`: the names of data without the parameters that they were made with. */
function shortNames(requests: readonly DataRequest[]): ReadonlyMap<string, string> {
  const names = new Names();
  const sets = new Map<string, string>();
  return new Map(
    requests.map(({ name, dataset: { id }, split, column }) => {
      const [kind = id] = id.replace(/^data\./, '').split('?');
      const set = sets.get(id) ?? names.fresh(kind);
      sets.set(id, set);
      return [name, `${set}/${split}/${column}`];
    }),
  );
}

function weightsMetadata({ training }: BasinDocument): Record<string, string> {
  return { format: 'basin-weights-1', step: '0', seed: String(training.seed) };
}

/** The arrays of the model, in the order of their first use. */
function modelStates(traces: readonly (TracedTraining | TracedEvaluation)[]): StateSpec[] {
  const specs = new Map<string, StateSpec>();
  for (const { context } of traces) {
    for (const [name, spec] of context.state) if (!specs.has(name)) specs.set(name, spec);
  }
  return [...specs.values()];
}

/** Probes read and never train; the script judges every representation by its spread and rank. */
function leftOut({ probes }: Analysis): Diagnostic[] {
  return probes.map(({ node }) => ({
    code: 'export.left-out',
    severity: 'warning',
    message: `“${node.label}” is not in the script: probes read and never train.`,
    nodeId: node.id,
  }));
}

function writeScript(
  document: BasinDocument,
  analysis: Analysis,
  training: TracedTraining,
  evaluation: TracedEvaluation,
  specs: readonly StateSpec[],
  dataNames: ReadonlyMap<string, string>,
): string {
  const live = (name: string): string => `config[${pythonString(name)}]`;
  const modules = new Modules(analysis, specs, live);
  const write = (traced: Traced): WrittenModel => {
    const names = (): Names => new Names([...modules.functionNames, ...MODEL_NAMES]);
    // The first time functions get their names, which no variable may have then.
    new ModelWriter(analysis, traced, modules, live, dataNames).write(names());
    return new ModelWriter(analysis, traced, modules, live, dataNames).write(names());
  };
  const [trained, evaluated] = [write(training), write(evaluation)];
  const paths = modules.statePaths;
  const attributeOf = (owner: string): string | null => {
    const [path] = [...paths.values()].flatMap(({ spec, path: at }) => (spec.origin === owner ? [at] : [])); // prettier-ignore
    return path?.split('.')[0] ?? null;
  };
  const result = (code: ReadonlyMap<string, string>, name: string): string =>
    defined(code.get(name), name);
  const entries = (prefix: string, results: ReadonlyMap<string, string>): [string, string][] =>
    [...results].flatMap(([name, code]) => name.startsWith(prefix) ? [[name.slice(prefix.length), code] as [string, string]] : []); // prettier-ignore
  const factors = entries('factor:', trained.results).flatMap(
    ([owner, code]): [string, string][] => {
      const attribute = attributeOf(owner);
      return attribute === null ? [] : [[attribute, code]];
    },
  );
  const forward = [
    ...trained.lines,
    'return Outcome(',
    `    loss=${result(trained.results, ROOT.loss)},`,
    ...indented(dictArgument('terms', entries('term:', trained.results))),
    ...indented(dictArgument('statistics', entries('statistic:', trained.results))),
    ...indented(dictArgument('rates', entries('rate:', trained.results))),
    ...indented(dictArgument('factors', factors)),
    ')',
  ];
  const evaluate = [
    ...evaluated.lines,
    ...dict('return ', '', entries('representation:', evaluated.results)),
  ];
  const sections = [
    `"""${prose(document.title)}\n\n${usage(analysis)}\n"""`,
    HEAD,
    settings(document, analysis, training, evaluation, attributeOf),
    stateTable(modules),
    STATE_OF_RUN,
    DISTRIBUTED,
    RANDOM,
    OPERATIONS_SECTION,
    [
      '# The graph ' + '-'.repeat(88),
      ...modules.lines(),
      '',
      '',
      ...modelClass(modules, forward, evaluate),
    ].join('\n'),
    FILES,
    TRAINING,
    documentSection(document),
    'if __name__ == "__main__":\n    main()',
  ];
  return `${sections.join('\n\n\n')}\n`;
}

const MODEL_NAMES = ['self', 'turn'];

function usage({ formula }: Analysis): string {
  return [
    `Minimises ${prose(formula.text)}`,
    '',
    'python train.py                               on the CPU or one GPU',
    'torchrun --nproc-per-node=N train.py          on N: each has 1/N of the batch, with the same result',
    'python train.py --help                        says what can be set',
    '',
    'Written by Basin. Open this file there to see the graph that it was made of.',
  ].join('\n');
}

function settings(
  { title, training }: BasinDocument,
  analysis: Analysis,
  { context, sizes, lowered }: TracedTraining,
  evaluation: TracedEvaluation,
  attributeOf: (owner: string) => string | null,
): string {
  const { schedule, optimizer } = training;
  const live = new Map([...context.live, ...evaluation.context.live]);
  const numbers = [...live.values()].map(
    ({ name, initial }) => `    ${pythonString(name)}: ${pythonNumber(initial)},`,
  );
  const paces = [...analysis.weights.keys()].flatMap((owner) => {
    const steps = trainedSteps(analysis, owner);
    const attribute = attributeOf(owner);
    if (steps === null || attribute === null) return [];
    return [`    ${pythonString(attribute)}: (${steps.from}, ${steps.until ?? 'None'}),`];
  });
  const averages = lowered.averages.flatMap(({ owner, weights }) =>
    weights.map(
      ({ spec, followed }) =>
        `    (${[owner, spec.name, followed.name].map(pythonString).join(', ')}),`,
    ),
  );
  return [
    `TITLE = ${pythonString(title)}`,
    `STEPS = ${training.steps}`,
    `BATCH = ${training.batchSize}`,
    '# Whether the graph trains at other batch sizes without being exported anew.',
    `ANY_BATCH = ${sizes.anyBatch ? 'True' : 'False'}`,
    '# Whether several processes may share a batch.',
    `SPLITS = ${sizes.splits ? 'True' : 'False'}`,
    `SEED = ${training.seed}`,
    `LEARNING_RATE = ${pythonNumber(training.learningRate)}`,
    `SCHEDULE = ${pythonString(schedule.kind)}`,
    `WARMUP_STEPS = ${schedule.warmupSteps}`,
    `FINAL_FRACTION = ${pythonNumber(schedule.finalFraction)}`,
    `CLIP_NORM = ${training.clipNorm === null ? 'None' : pythonNumber(training.clipNorm)}`,
    `EVALUATE_EVERY = ${training.evaluateEvery}`,
    `HELD_OUT_ROWS = ${evaluation.rows}`,
    '',
    '# What can be changed from run to run: weights of terms, rates, temperatures.',
    ...table('config', '{', numbers, '}'),
    '',
    '# The first step that trains a module, and the first that does not any more.',
    ...table('TRAINED_STEPS', '{', paces, '}'),
    '# Averages of weights: the link, the average, and what it follows.',
    ...table('AVERAGES', '[', averages, ']'),
    '',
    '',
    ...optimizerLines(optimizer),
  ].join('\n');
}

function table(name: string, open: string, lines: readonly string[], close: string): string[] {
  return lines.length === 0
    ? [`${name} = ${open}${close}`]
    : [`${name} = ${open}`, ...lines, close];
}

/** PyTorch's optimizers have the update rules of docs/mathematics.md §8. */
function optimizerLines(optimizer: OptimizerSettings): string[] {
  const number = pythonNumber;
  const call =
    optimizer.kind === 'sgd'
      ? `torch.optim.SGD(groups, lr=LEARNING_RATE, momentum=${number(optimizer.momentum)})`
      : `torch.optim.${optimizer.kind === 'adam' ? 'Adam' : 'AdamW'}(groups, lr=LEARNING_RATE, betas=(${number(optimizer.beta1)}, ${number(optimizer.beta2)}), eps=${number(optimizer.epsilon)}${optimizer.kind === 'adamw' ? `, weight_decay=${number(optimizer.weightDecay)}` : ''})`;
  return ['def optimizer_of(groups) -> torch.optim.Optimizer:', ...indented([breakLine('return ', call)])]; // prettier-ignore
}

/** Where each array of a weights file is in the model, and how it starts for another seed. */
function stateTable(modules: Modules): string {
  const lines = [...modules.statePaths].map(([name, { spec, path }]) => {
    const { initializer } = spec;
    const initial =
      initializer.kind === 'constant'
        ? `("constant", ${pythonNumber(initializer.value)})`
        : `("${initializer.kind}", ${pythonNumber(initializer.kind === 'uniform' ? initializer.bound : initializer.deviation)}, ${keyCode(initializer.key)})`;
    const line = `    ${pythonString(name)}: (${pythonString(path)}, ${initial}),`;
    return line.length <= 100
      ? line
      : `    ${pythonString(name)}: (\n        ${pythonString(path)},\n        ${initial},\n    ),`;
  });
  return [
    '# Arrays of a weights file: where they are in the model, and how they start.',
    ...table('STATE', '{', lines, '}'),
  ].join('\n');
}

function dictArgument(name: string, entries: readonly [string, string][]): string[] {
  return dict(`${name}=`, ',', entries);
}

function dict(start: string, end: string, entries: readonly [string, string][]): string[] {
  if (entries.length === 0) return [`${start}{}${end}`];
  return [
    `${start}{`,
    ...entries.map(([key, code]) => `    ${breakLine(`${pythonString(key)}: `, code).replaceAll('\n', '\n    ')},`), // prettier-ignore
    `}${end}`,
  ];
}

function modelClass(
  modules: Modules,
  forward: readonly string[],
  evaluate: readonly string[],
): string[] {
  return [
    '@dataclass',
    'class Outcome:',
    ...indented([
      '"""What a step computes before it changes anything."""',
      '',
      'loss: Tensor',
      '# By node: the part of each term of the loss.',
      'terms: dict[str, Tensor]',
      '# Running statistics after the step.',
      'statistics: dict[str, Tensor]',
      '# How far each average moves towards what it follows.',
      'rates: dict[str, Tensor | float]',
      '# Of the learning rate, by module.',
      'factors: dict[str, Tensor | float]',
    ]),
    '',
    '',
    'class Model(nn.Module):',
    ...indented([
      'def __init__(self) -> None:',
      ...indented(['super().__init__()', ...modules.constructions()]),
      '',
      'def forward(self, data: dict[str, Tensor]) -> Outcome:',
      ...indented(forward),
      '',
      'def evaluate(self, data: dict[str, Tensor]) -> dict[str, Tensor]:',
      ...indented(['"""The representations of held-out rows."""', ...evaluate]),
    ]),
  ];
}
