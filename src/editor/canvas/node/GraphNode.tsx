import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { Outline } from '../../model/nodeOutline';
import { isCircle } from '../../model/nodeOutline';
import type { NodeView } from '../../model/nodeView';
import { BarBody, BoxBody, CircleBody, PillBody, SquareBody } from './NodeBodies';
import { NoteBody } from './NoteBody';
import { ProbeBody } from './ProbeBody';
import { useOverlayState } from '../../store/useEditor';
import type { GraphFlowNode } from '../flow/flowTypes';
import styles from './GraphNode.module.css';
import { NodeTray } from './NodeTray';
import { NodeShape } from './NodeShape';
import { Port } from './Port';
import { PortNames } from './PortNames';
import { RenameField } from './RenameField';

/** One node of the graph, after the visual grammar: its shape, its body and its ports. */
export const GraphNode = memo(function GraphNode({ data, selected }: NodeProps<GraphFlowNode>) {
  const { view } = data;
  const { width, height, picture } = view.geometry;
  const lit = useOverlayState((state) => state.lit.has(view.id));
  return (
    <div
      className={styles.node}
      data-category={view.category}
      data-bypassed={view.bypassed}
      data-lit={lit}
      // The picture hangs below: the body fills what is above it.
      style={{ width, height, gridTemplateRows: picture?.y }}
    >
      <NodeShape view={view} />
      <Body view={view} selected={selected} />
      <NodeTray view={view} />
      <PortNames view={view} />
      {view.ports.map((port) => (
        <Port key={`${port.direction}${port.name}`} nodeId={view.id} port={port} />
      ))}
      <RenameField id={view.id} label={view.label} />
    </div>
  );
});

function Body({ view, selected }: { view: NodeView; selected: boolean }) {
  if (view.outline === 'paper') return <NoteBody view={view} selected={selected} />;
  if (isCircle(view.outline)) return <CircleBody view={view} />;
  const Component = BODIES[view.outline] ?? BoxBody;
  return <Component view={view} />;
}

const BODIES: Partial<Record<Outline, typeof BoxBody>> = {
  square: SquareBody,
  pill: PillBody,
  link: PillBody,
  lens: ProbeBody,
  bar: BarBody,
};
