import { hasErrors } from '../../core/diagnostic';
import { failure, success, type Result } from '../../core/result';
import { sameTensorType, type TensorType } from '../../graph/ports';
import { Builder } from '../../ir/builder';
import type { Program, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { portKey, type GraphNode, type PortKey, type PortReference } from '../graph/graph';
import { inferFreeVariables } from '../latentInference/inference';
import type { DataRequest } from '../lowering/dataRequest';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import { ProgramContext } from '../lowering/programContext';
import { finishProgram } from './finishProgram';

/** A port whose values are images. */
export interface PicturePort extends PortReference {
  readonly key: PortKey;
  readonly label: string;
  /** Height, width and channels, 1 or 3. */
  readonly shape: readonly [number, number, number];
}

/** Held-out samples as images, and what the graph makes of them in the same shape. */
export interface PicturesProgram {
  readonly program: Program;
  readonly data: readonly DataRequest[];
  readonly rows: number;
  /** Observed images before what is made of them. Outputs of the program by key, `[rows, …shape]`. */
  readonly ports: readonly PicturePort[];
}

/**
 * The ports of images that a graph observes, each followed by those of the same shape that the graph makes: reconstructions
 * and predictions. Views of an image are left out, as they are off in evaluation. Empty where nothing is made.
 */
export function picturePorts({ graph, types }: Analysis): PicturePort[] {
  const ports = graph.nodes.flatMap((node) =>
    node.ports.outputs
      .filter(({ type }) => type === 'tensor')
      .flatMap(({ name }) => {
        const type = types.get(portKey(node.id, name));
        return type && isImage(type) ? [{ node, type, port: pictureOf(node, name, type) }] : [];
      }),
  );
  const observed = ports.filter(
    ({ node, port }) => node.definition.dataset && graph.consumers.has(port.key),
  );
  const found = new Map<PortKey, PicturePort>();
  for (const { type, port } of observed) {
    const made = ports.filter(
      (other) =>
        !['data', 'view'].includes(other.node.definition.category) &&
        sameTensorType(other.type, type),
    );
    if (made.length === 0) continue;
    for (const one of [port, ...made.map((other) => other.port)]) found.set(one.key, one);
  }
  return [...found.values()];
}

/** Evaluates the first `rows` held-out samples in evaluate mode, free variables inferred. */
export function compilePictures(analysis: Analysis, rows: number): Result<PicturesProgram> {
  if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
  const ports = picturePorts(analysis);
  const context = new ProgramContext(new Builder(), analysis);
  const available = analysis.graph.nodes.flatMap(
    ({ definition, params }) => definition.dataset?.(params).heldOutRows ?? [],
  );
  const batch = Math.min(rows, ...available);
  const options: EvaluationOptions = {
    mode: 'evaluate',
    views: 'evaluate',
    split: 'heldOut',
    batch,
  };
  const evaluation = new Evaluation(context, {
    ...options,
    outputs: inferFreeVariables(context, options),
  });
  const outputs = new Map<string, Value>(ports.map((port) => [port.key, evaluation.output(port)]));
  const program = finishProgram(context, { updates: new Map(), metrics: new Map(), outputs });
  return success({ program, data: context.requests, rows: batch, ports });
}

function isImage({
  time,
  shape: [height = 0, width = 0, channels = 0, ...more],
}: TensorType): boolean {
  const isFlat = more.length === 0 && (channels === 1 || channels === 3);
  return time === null && isFlat && height > 1 && width > 1;
}

function pictureOf(node: GraphNode, port: string, type: TensorType): PicturePort {
  const [height = 0, width = 0, channels = 0] = type.shape;
  const isOnly = node.ports.outputs.filter((output) => output.type === 'tensor').length === 1;
  return {
    nodeId: node.id,
    port,
    key: portKey(node.id, port),
    label: isOnly ? node.label : `${node.label} · ${port}`,
    shape: [height, width, channels],
  };
}
