import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useEditor } from '../store/useEditor';
import { IconButton } from '../ui/IconButton';
import styles from './Narrow.module.css';
import { ViewOnly } from './ViewOnly';

interface NarrowToolsProps {
  readonly palette: ReactNode;
}

/** At the head of a narrow canvas: the palette as a drawer over it, or that nothing can be drawn. */
export function NarrowTools({ palette }: NarrowToolsProps) {
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
  if (readOnly) return <ViewOnly />;
  return (
    <>
      <IconButton
        label="Nodes to add"
        aria-expanded={isOpen}
        pressed={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Plus size={18} aria-hidden />
      </IconButton>
      {isOpen && <div className={styles.drawer}>{palette}</div>}
    </>
  );
}
