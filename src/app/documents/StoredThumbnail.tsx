import { useEffect, useRef, useState } from 'react';
import type { BasinDocument } from '../../document/schema';
import { GraphThumbnail } from '../gallery/GraphThumbnail';
import type { DocumentSummary } from '../persistence/documentStore';
import { useApp } from '../useApp';
import styles from './Documents.module.css';

/** A picture of a stored document's graph. It is read from the store once it is in sight. */
export function StoredThumbnail({ summary }: { summary: DocumentSummary }) {
  const { documents, editor } = useApp();
  const { id, revision } = summary;
  const box = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState<BasinDocument | null>(null);
  useEffect(() => {
    let isWanted = true;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void documents.peek(id).then((document) => {
        if (isWanted && document !== null) setShown(document);
      });
    });
    if (box.current) observer.observe(box.current);
    return () => {
      isWanted = false;
      observer.disconnect();
    };
  }, [documents, id, revision]);
  return (
    <span ref={box} className={styles.picture} data-testid="document-picture">
      {shown !== null && shown.nodes.length > 0 && (
        <GraphThumbnail document={shown} registry={editor.registry} />
      )}
    </span>
  );
}
