import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { GraphArea, type GraphAreaProps } from '../GraphArea';
import { ViewOnly } from '../laterParts';
import { useEditor } from '../store/useEditor';
import { IconButton } from '../ui/IconButton';
import styles from './Narrow.module.css';
import { Sheet } from './Sheet';

interface NarrowGraphProps extends Pick<GraphAreaProps, 'commands' | 'empty'> {
  readonly palette: ReactNode;
  readonly inspector: ReactNode;
}

/** The graph of a narrow window: the palette is a drawer over the canvas, where anything can be drawn, and the inspector a sheet below it. */
export function NarrowGraph({ palette, inspector, ...area }: NarrowGraphProps) {
  const readOnly = useEditor((state) => state.readOnly);
  const [isOpen, setOpen] = useState(false);
  // It stays for the next node, until its button or Escape closes it.
  useEffect(() => {
    if (!isOpen) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) setOpen(false);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [isOpen]);
  const button = (
    <IconButton label="Nodes to add" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
      <Plus size={18} aria-hidden />
    </IconButton>
  );
  const viewOnly = <ViewOnly />;
  return (
    <>
      <GraphArea
        {...area}
        tools={readOnly ? viewOnly : button}
        over={isOpen && !readOnly && <div className={styles.drawer}>{palette}</div>}
      />
      <Sheet>{inspector}</Sheet>
    </>
  );
}
