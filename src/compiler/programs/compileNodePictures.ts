import { hasErrors } from '../../core/diagnostic';
import { Builder } from '../../ir/builder';
import type { Program, Value } from '../../ir/types';
import type { Analysis } from '../analysis/analysis';
import { portKey, type PortReference } from '../graph/graph';
import { upstream } from '../graph/topology';
import { inferFreeVariables } from '../latentInference/inference';
import type { DataRequest } from '../lowering/dataRequest';
import { Evaluation, type EvaluationOptions } from '../lowering/lower';
import { ProgramContext } from '../lowering/programContext';
import { finishProgram } from './finishProgram';
import { nodePictures, PICTURE_SAMPLES, type NodePicture, type PicturePane } from './nodePictures';

export interface NodePicturesProgram {
  readonly program: Program;
  readonly data: readonly DataRequest[];
  readonly pictures: ReadonlyMap<string, NodePicture>;
}

/** Names of the program's outputs. */
export const NODE_PICTURE_OUTPUT = {
  /** `[samples, …type]` of a port of a pane. */
  pane: (nodeId: string, pane: number, port: number): string => `${nodeId}/${pane}/${port}`,
  /** The same samples of the observed port that a pane is like. */
  like: (nodeId: string, pane: number): string => `${nodeId}/${pane}/like`,
} as const;

/**
 * The pictures of some nodes: the first held-out samples in evaluate mode with free variables inferred, but views act as in the training
 * step that the program is at (docs/semantics.md §9). Of a graph with errors it has those that none of the errors touches. Null where
 * there are none.
 */
export function compileNodePictures(
  analysis: Analysis,
  nodeIds: ReadonlySet<string>,
): NodePicturesProgram | null {
  const pictures = new Map(
    [...nodePictures(analysis)].filter(
      ([nodeId, picture]) => nodeIds.has(nodeId) && canBeComputed(analysis, picture),
    ),
  );
  if (pictures.size === 0) return null;
  const panes = [...pictures.values()].flatMap((picture) => picture.panes);
  const wanted = panes.map(({ form }) => PICTURE_SAMPLES[form.kind]);
  const available = analysis.graph.nodes.flatMap(
    ({ definition, params }) => definition.dataset?.(params).heldOutRows ?? [],
  );
  const batch = Math.min(Math.max(...wanted), ...available);
  const options: EvaluationOptions = {
    ...{ mode: 'evaluate', views: 'train', split: 'heldOut', batch },
  };
  const isSound = !hasErrors(analysis.diagnostics);
  const context = new ProgramContext(
    new Builder(),
    isSound ? analysis : partAbove(analysis, panes),
  );
  const outputs = isSound ? inferFreeVariables(context, options) : new Map();
  const evaluation = new Evaluation(context, { ...options, outputs });
  const { builder } = context;
  const program = finishProgram(context, {
    ...{ updates: new Map(), metrics: new Map() },
    outputs: new Map(
      [...pictures].flatMap(([nodeId, picture]) =>
        picture.panes.flatMap(({ ports, form, like }, pane): [string, Value][] => {
          const count = Math.min(batch, PICTURE_SAMPLES[form.kind]);
          const first = (port: PortReference): Value =>
            builder.sliceAxis(evaluation.output(port), 0, 0, count);
          const shown = ports.map((port, index): [string, Value] => [
            NODE_PICTURE_OUTPUT.pane(nodeId, pane, index),
            first(port),
          ]);
          return like ? [...shown, [NODE_PICTURE_OUTPUT.like(nodeId, pane), first(like)]] : shown;
        }),
      ),
    ),
  });
  return { program, data: context.requests, pictures };
}

/** The part of a graph that panes are made of, as if there were nothing else. */
function partAbove(analysis: Analysis, panes: readonly PicturePane[]): Analysis {
  const { graph } = analysis;
  const above = upstream(graph, nodesOf(panes));
  const nodes = graph.nodes.filter(({ id }) => above.has(id));
  const edges = graph.edges.filter(({ target }) => above.has(target));
  return {
    ...analysis,
    objective: [],
    graph: { ...graph, nodes, edges, byId: new Map(nodes.map((node) => [node.id, node])) },
  };
}

function nodesOf(panes: readonly PicturePane[]): string[] {
  return panes.flatMap(({ ports, like }) =>
    [...ports, ...(like ? [like] : [])].map(({ nodeId }) => nodeId),
  );
}

/** Nothing above it is at fault; and where something is elsewhere, nothing above it has to be inferred. */
function canBeComputed({ graph, diagnostics, types }: Analysis, { panes }: NodePicture): boolean {
  if (!hasErrors(diagnostics)) return true;
  const faulty = new Set(
    diagnostics.flatMap(({ severity, nodeId }) => (severity === 'error' && nodeId ? [nodeId] : [])),
  );
  const above = upstream(graph, nodesOf(panes));
  return graph.nodes
    .filter(({ id }) => above.has(id))
    .every(
      ({ id, definition, params, ports, inputs }) =>
        !faulty.has(id) &&
        !definition.free?.(params) &&
        ports.inputs.every(({ name, type }) => type !== 'weights' || !inputs.get(name)?.length) &&
        ports.outputs.every(({ name, type }) => type !== 'tensor' || types.has(portKey(id, name))),
    );
}
