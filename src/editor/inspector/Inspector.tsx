import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { isEmptySelection } from '../store/selection';
import { useEditor } from '../store/useEditor';
import { useUi } from '../store/uiStore';
import { useViews } from '../store/ViewsContext';
import { DocumentInspector } from './DocumentInspector';
import { EdgeInspector } from './EdgeInspector';
import { GroupInspector } from './GroupInspector';
import styles from './Inspector.module.css';
import { NodeInspector } from './NodeInspector';
import { SelectionInspector } from './SelectionInspector';

interface InspectorProps {
  /** Shown within the inspector of a node, or below the document's settings. */
  readonly extra?: ReactNode;
  /** Shown below what the document is called. */
  readonly aboutDocument?: ReactNode;
}

/** The right side: everything about what is selected, or about the document. */
export function Inspector(props: InspectorProps) {
  const box = useRef<HTMLElement>(null);
  const requests = useUi((state) => state.inspectorFocus);
  const selection = useEditor((state) => state.selection);

  useEffect(() => {
    if (requests === 0) return;
    const find = (selector: string) => box.current?.querySelector<HTMLElement>(selector);
    (find('[id^="parameter-"]:is(input, textarea, button)') ?? find('input, textarea'))?.focus();
  }, [requests]);

  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
  }, [selection]);

  /** Escape gives the keyboard back to what is inspected, so that the shortcuts of the canvas work again. */
  const leave = (event: React.KeyboardEvent): void => {
    const { target, currentTarget, defaultPrevented } = event;
    // A list that is open in front of the page closes for itself.
    if (event.key !== 'Escape' || defaultPrevented) return;
    if (!(target instanceof HTMLElement) || !currentTarget.contains(target)) return;
    target.blur();
    const [id] = [...selection.nodes, ...selection.groups, ...selection.edges];
    if (id === undefined) return;
    document
      .querySelector<HTMLElement>(`:is(.react-flow__node, .react-flow__edge)[data-id="${id}"]`)
      ?.focus({ preventScroll: true });
  };

  return (
    <aside
      ref={box}
      className={styles.inspector}
      aria-label="Inspector"
      data-testid="inspector"
      onKeyDown={leave}
    >
      <Content {...props} />
    </aside>
  );
}

function Content({ extra, aboutDocument }: InspectorProps) {
  const selection = useEditor((state) => state.selection);
  const document = useEditor((state) => state.document);
  const views = useViews();
  if (isEmptySelection(selection)) {
    return (
      <>
        <DocumentInspector about={aboutDocument} />
        {extra}
      </>
    );
  }
  const count = selection.nodes.size + selection.edges.size + selection.groups.size;
  if (count === 1) {
    const node = document.nodes.find(({ id }) => selection.nodes.has(id));
    if (node) return <NodeInspector key={node.id} node={node} extra={extra} />;
    const group = document.groups.find(({ id }) => selection.groups.has(id));
    if (group) return <GroupInspector key={group.id} group={group} />;
    const [edgeId = ''] = selection.edges;
    const edge = views.edges.get(edgeId);
    if (edge) return <EdgeInspector edge={edge} />;
  }
  return <SelectionInspector />;
}
