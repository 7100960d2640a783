import type { Edge, Node } from '@xyflow/react';
import type { EdgeView, NodeView } from '../../model/nodeView';

export type GraphFlowNode = Node<{ view: NodeView }, 'graph'>;
export type FrameFlowNode = Node<{ label: string; members: number }, 'frame'>;
export type FlowNode = GraphFlowNode | FrameFlowNode;
export type FlowEdge = Edge<{ view: EdgeView }, 'graph'>;
