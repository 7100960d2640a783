import { useStore } from '@xyflow/react';
import { useLayoutEffect, useRef, useState } from 'react';
import { setGroupLabel } from '../../../document/commands/groupCommands';
import { setLabel } from '../../../document/commands/nodeCommands';
import { DOCUMENT_LIMITS } from '../../../document/schema';
import { useEditorStore } from '../../store/useEditor';
import { useUi, useUiStore } from '../../store/uiStore';
import styles from './RenameField.module.css';

interface RenameFieldProps {
  /** Of the node or group. */
  readonly id: string;
  /** As it is drawn: a node without a label of its own has the title of its kind. */
  readonly label: string;
}

/** The label of a node or group while it is typed on the canvas: Enter or leaving keeps it, Escape does not. */
export function RenameField(props: RenameFieldProps) {
  const isOpen = useUi(({ renaming }) => renaming === props.id);
  return isOpen ? <OpenField {...props} /> : null;
}

/** Where the label is drawn, in pixels of the node. The field lies over it. */
interface LabelPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** As below a circle; elsewhere labels begin at the left. */
  readonly isCentred: boolean;
}

function placeIn(node: DOMRect, label: DOMRect, zoom: number): LabelPlace {
  const offCentre = label.left + label.width / 2 - node.left - node.width / 2;
  return {
    left: (label.left - node.left) / zoom,
    top: (label.top - node.top) / zoom,
    width: label.width / zoom,
    isCentred: Math.abs(offCentre) < 2,
  };
}

/** Room for a short name where the label is narrow. */
const NARROWEST = 120;
/** Between the border of the field and its text. */
const INSET = 6;

function OpenField({ id, label }: RenameFieldProps) {
  const store = useEditorStore();
  const ui = useUiStore();
  const zoom = useStore((state) => state.transform[2]);
  const zoomed = useRef(zoom);
  const field = useRef<HTMLInputElement>(null);
  const [start] = useState(() => ownLabel(store.getState().document, id));
  const [draft, setDraft] = useState(start);
  const [place, setPlace] = useState<LabelPlace | null>(null);

  useLayoutEffect(() => {
    const node = field.current?.closest('.react-flow__node');
    const drawn = node?.querySelector('[data-label]');
    if (node && drawn)
      setPlace(
        placeIn(node.getBoundingClientRect(), drawn.getBoundingClientRect(), zoomed.current),
      );
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);

  const finish = (keep: boolean): void => {
    if (ui.getState().renaming !== id) return;
    ui.setState({ renaming: null });
    const isGroup = store.getState().document.groups.some((group) => group.id === id);
    const text = draft.trim();
    if (!keep || text === start || (isGroup && text === '')) return;
    store.edit(isGroup ? setGroupLabel(id, text) : setLabel(id, text));
    store.endGesture();
  };

  const width = Math.max(NARROWEST, (place?.width ?? 0) + 2 * INSET);
  return (
    <input
      ref={field}
      className={`${styles.field} nodrag nopan nowheel`}
      style={{
        left:
          place?.isCentred === true
            ? place.left + (place.width - width) / 2
            : (place?.left ?? 0) - INSET,
        top: (place?.top ?? 0) - 4,
        width,
        // As large as on a canvas that is not zoomed out: what is typed can be read.
        scale: Math.max(1, 1 / zoom),
      }}
      aria-label={`Label of ${label}`}
      value={draft}
      placeholder={label}
      maxLength={DOCUMENT_LIMITS.label}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => finish(true)}
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        const node = event.currentTarget.closest<HTMLElement>('.react-flow__node');
        finish(event.key === 'Enter');
        node?.focus({ preventScroll: true });
      }}
    />
  );
}

interface Labelled {
  readonly id: string;
  readonly label: string;
}

function ownLabel(
  document: { readonly nodes: readonly Labelled[]; readonly groups: readonly Labelled[] },
  id: string,
): string {
  return [...document.nodes, ...document.groups].find((item) => item.id === id)?.label ?? '';
}
