import { useEffect, useState } from 'react';
import { droppedFiles } from './droppedFiles';
import { useApp } from '../useApp';
import styles from './Open.module.css';

/** A file can be dropped anywhere on the page. */
export function DropZone() {
  const { flow, ownData } = useApp();
  const [over, setOver] = useState(false);

  useEffect(() => {
    const hasFile = (event: DragEvent): boolean =>
      event.dataTransfer?.types.includes('Files') === true;
    const drag = (event: DragEvent): void => {
      if (!hasFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFile(event)) return;
      event.preventDefault();
      setOver(false);
      // Entries are only there while the event is told.
      const dropped = event.dataTransfer ? droppedFiles(event.dataTransfer) : null;
      void dropped?.then((files) => {
        const [first] = files;
        if (files.length > 1) ownData.openFiles(files, null);
        else if (first) void flow.openFile(first.file);
      });
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [flow, ownData]);

  return over ? <div className={styles.overlay}>Drop to open</div> : null;
}
