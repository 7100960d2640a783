import type { ReactNode } from 'react';
import Markdown from 'react-markdown';
import { useJump } from '../../editor/problems/useJump';
import { useEditor } from '../../editor/store/useEditor';
import { OutsideLink } from '../../editor/ui/OutsideLink';
import styles from './Guide.module.css';
import { useGuideActions } from './useGuide';

/** A Markdown text of a guide; `[Encoder](#encoder)` points at the node `encoder`. */
export function GuideText({ children }: { children: string }) {
  return (
    <Markdown disallowedElements={['img']} components={{ a: GuideLink }}>
      {children}
    </Markdown>
  );
}

function GuideLink({ href, children }: { href?: string; children?: ReactNode }) {
  if (!href?.startsWith('#')) return <OutsideLink href={href}>{children}</OutsideLink>;
  return <NodeName nodeId={href.slice(1)}>{children}</NodeName>;
}

/** Lights its node while it is pointed at or has the keyboard, and goes there. Plain words where the node is gone. */
function NodeName({ nodeId, children }: { nodeId: string; children: ReactNode }) {
  const { light } = useGuideActions();
  const jump = useJump();
  const category = useEditor(({ analysis, document }) => {
    const isThere = document.nodes.some(({ id }) => id === nodeId);
    const found = analysis.graph.nodes.find(({ id }) => id === nodeId);
    return isThere ? (found?.definition.category ?? 'op') : null;
  });
  if (category === null) return <>{children}</>;
  const show = (): void => light([nodeId]);
  const end = (): void => light([]);
  return (
    <button
      type="button"
      className={styles.nodeName}
      data-category={category}
      onPointerEnter={show}
      onPointerLeave={end}
      onFocus={show}
      onBlur={end}
      onClick={() => jump({ nodeId })}
    >
      {children}
    </button>
  );
}
