import type { Edge, Node } from '@xyflow/react';
import type { GroupColor, Position } from '../../../document/schema';
import type { BoxGeometry } from '../../model/boxGeometry';
import type { BoxView } from '../../model/boxView';
import type { EdgeView, NodeView } from '../../model/nodeView';

export type GraphFlowNode = Node<{ view: NodeView }, 'graph'>;
/** `marked`: a node inside is selected. */
export type BoxFlowNode = Node<{ box: BoxView; geometry: BoxGeometry; marked: boolean }, 'box'>;
export type FrameFlowNode = Node<
  { label: string; members: number; color: GroupColor | null },
  'frame'
>;
export type FlowNode = GraphFlowNode | BoxFlowNode | FrameFlowNode;
/**
 * `crowded`: there is no room for its shape. `bends`: where they are drawn now, while its ends are dragged too; none while an
 * end is in a box.
 */
export type FlowEdge = Edge<
  { view: EdgeView; crowded: boolean; bends: readonly Position[] },
  'graph'
>;
