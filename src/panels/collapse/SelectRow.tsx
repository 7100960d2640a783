import type { ReactNode } from 'react';
import { selectionOf } from '../../editor/store/selection';
import { useEditor, useEditorStore } from '../../editor/store/useEditor';
import { CurveSwatch } from '../charts/CurveSwatch';
import type { CurveStyle } from '../charts/curveStyle';
import styles from './Collapse.module.css';

interface SelectRowProps {
  readonly nodeId: string;
  readonly label: string;
  /** How the charts draw it. */
  readonly style: CurveStyle;
  readonly children: ReactNode;
}

/** A table row that stands for a node: choosing it selects the node. */
export function SelectRow({ nodeId, label, style, children }: SelectRowProps) {
  const store = useEditorStore();
  const selected = useEditor(({ selection }) => selection.nodes.has(nodeId));
  const select = (): void => store.select(selectionOf({ nodes: [nodeId] }));
  return (
    <tr className={styles.row} data-selected={selected} onClick={select}>
      <th scope="row">
        <button type="button" className={styles.jump} aria-pressed={selected} onClick={select}>
          <CurveSwatch style={style} />
          <span>{label}</span>
        </button>
      </th>
      {children}
    </tr>
  );
}
