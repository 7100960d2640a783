import type { NodeProps } from '@xyflow/react';
import { Maximize2 } from 'lucide-react';
import { memo } from 'react';
import { formatNumber } from '../../../core/formatNumber';
import { openGroups } from '../../commands/collapse';
import { BOX } from '../../model/boxGeometry';
import type { BoxTerm } from '../../model/boxView';
import { useEditor, useEditorStore, useOverlay, useOverlayState } from '../../store/useEditor';
import { innerHandle } from '../../model/boxHandle';
import { IconButton } from '../../ui/IconButton';
import type { BoxFlowNode } from '../flow/flowTypes';
import styles from './BoxNode.module.css';
import { BoxPicture } from './BoxPicture';
import { HealthMark } from './HealthIcon';
import { Port } from './Port';
import { RenameField } from './RenameField';
import { worstInside } from './worstInside';

/** From the border to the name of a port. */
const GAP = 11;

/** A collapsed group: one box with the ports that cross its border, and the worst that is known of a node inside. */
export const BoxNode = memo(function BoxNode({ id, data }: NodeProps<BoxFlowNode>) {
  const { box, geometry, marked } = data;
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const health = useOverlayState((state) => worstInside(box.members, state.overlays));
  const lit = useOverlayState((state) => box.members.some((member) => state.lit.has(member.id)));
  const terms = box.terms.slice(0, BOX.mostTerms);
  return (
    <div
      className={styles.box}
      data-color={box.color ?? 'none'}
      data-marked={marked}
      data-lit={lit}
      style={{ width: geometry.width, height: geometry.height }}
    >
      <div className={styles.head} style={{ height: BOX.head }}>
        <div className={styles.title}>
          <span className={styles.label} data-label>
            {box.label}
          </span>
          {health !== null && <HealthMark {...health} />}
          {!readOnly && (
            <IconButton
              // The group itself has the keyboard, and a key for this.
              tabIndex={-1}
              size="small"
              className="nodrag"
              label={`Open ${box.label}`}
              data-tip="Open (E, or a double-click)"
              onClick={() => openGroups(store, [id])}
            >
              <Maximize2 size={13} aria-hidden />
            </IconButton>
          )}
        </div>
        <span className={styles.state}>{box.state}</span>
      </div>
      <BoxPicture box={box} width={geometry.width} height={BOX.picture} />
      {terms.map((term) => (
        <Term key={term.nodeId} term={term} />
      ))}
      {geometry.ports.map(({ nodeId, port, place, title }) => (
        <Port
          key={`${port.direction}${nodeId}.${port.name}`}
          nodeId={nodeId}
          port={port}
          onBox={{ handle: innerHandle(nodeId, port.name), place, title }}
        />
      ))}
      {geometry.ports
        .filter(({ place }) => place.side === 'left' || place.side === 'right')
        .map(({ nodeId, port, place, title }) => (
          <span
            key={`${port.direction}${nodeId}.${port.name}`}
            className={styles.name}
            data-side={place.side}
            style={{ top: place.y, [place.side]: GAP }}
            aria-hidden
          >
            {title}
          </span>
        ))}
      <RenameField id={id} label={box.label} />
    </div>
  );
});

/** An energy or regularizer inside, with its value while a run goes on. */
function Term({ term }: { term: BoxTerm }) {
  const overlay = useOverlay(term.nodeId);
  return (
    <div className={styles.term} style={{ height: BOX.term }} data-tip={overlay?.note}>
      <span className={styles.termLabel}>{term.label}</span>
      {overlay?.value !== undefined && (
        <output className={styles.value} aria-live="off">
          {formatNumber(overlay.value)}
        </output>
      )}
    </div>
  );
}
