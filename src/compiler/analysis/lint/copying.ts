import { sampleSize } from '../../../graph/ports';
import { portKey, type PortReference } from '../../graph/graph';
import { someUpstream, upstream, valueInputs } from '../../graph/topology';
import type { Side } from '../sides';
import { freeFlow } from './freeFlow';
import { traits } from './gradients';
import type { LintContext } from './lintContext';
import type { ComparedEnergy } from './lintRule';

/** An energy of which one side is trained and the other observed. */
export interface ObservedTarget {
  readonly prediction: Side;
  readonly target: Side;
}

export function observedTarget({ sides: [a, b], context }: ComparedEnergy): ObservedTarget | null {
  const isTrained = ({ source }: Side): boolean => context.learned.has(source.nodeId);
  if (isTrained(a) === isTrained(b)) return null;
  return isTrained(a) ? { prediction: a, target: b } : { prediction: b, target: a };
}

export interface Copying {
  /** Numbers of the target. */
  readonly size: number;
  /** How many of them can get into the prediction unhindered. */
  readonly free: number;
}

/** What a prediction can copy of its own target, or null where it is not made from it. */
export function copying(
  { prediction, target }: ObservedTarget,
  context: LintContext,
): Copying | null {
  const observed = beforeReshaping(target.source, context);
  const type = context.types.get(portKey(observed.nodeId, observed.port));
  if (!type || !reads(context, prediction.source, observed)) return null;
  return { size: sampleSize(type), free: freeFlow(context, observed, prediction.source) };
}

/** A value of the target, and the inputs that read it on the way to the prediction. */
export interface WayIn {
  readonly value: PortReference;
  readonly readers: readonly PortReference[];
}

/** Where a target, or what it is a mere change of shape of, enters its prediction. */
export function waysIntoPrediction(
  { prediction, target }: ObservedTarget,
  context: LintContext,
): WayIn[] {
  const { graph } = context;
  const shapes = shapesOf(target.source, context);
  const aside = new Set(shapes.map(({ nodeId }) => nodeId));
  const above = upstream(graph, [prediction.source.nodeId]);
  return shapes.flatMap((value) => {
    const readers = (graph.consumers.get(portKey(value.nodeId, value.port)) ?? []).filter(
      ({ nodeId }) => above.has(nodeId) && !aside.has(nodeId),
    );
    return readers.length > 0 ? [{ value, readers }] : [];
  });
}

/** The value that another is a mere change of shape of. */
function beforeReshaping(value: PortReference, context: LintContext): PortReference {
  return shapesOf(value, context).at(-1) ?? value;
}

/** A value, and those above it that it is a mere change of shape of. */
function shapesOf(value: PortReference, { graph }: LintContext): PortReference[] {
  const found = [value];
  for (let current = value; ;) {
    const node = graph.byId.get(current.nodeId);
    const [only, ...more] = node ? valueInputs(node) : [];
    if (!node || !only || more.length > 0 || traits(node).passes !== 'everything') return found;
    found.push(only);
    current = only;
  }
}

function reads({ graph }: LintContext, value: PortReference, source: PortReference): boolean {
  return someUpstream(graph, [value.nodeId], (id) => {
    const node = graph.byId.get(id);
    return (
      node !== undefined &&
      valueInputs(node).some(({ nodeId, port }) => nodeId === source.nodeId && port === source.port)
    );
  });
}
