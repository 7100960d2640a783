import type { Value } from '../../ir/types';
import { hasWeight } from '../analysis/objective';
import type { GraphNode } from '../graph/graph';
import type { ProgramContext } from './programContext';

/** λ of a term as a live scalar, 1 for a node without one. */
export function termWeight(context: ProgramContext, node: GraphNode): Value {
  return hasWeight(node) ? context.liveParameter(node.id, 'weight') : context.builder.constant(1);
}
