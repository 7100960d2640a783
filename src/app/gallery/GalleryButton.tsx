import { LayoutGrid } from 'lucide-react';
import { Button } from '../../panels/ui/Button';
import { useApp } from '../useApp';
import styles from './Gallery.module.css';

/** At the foot of the palette. */
export function GalleryButton() {
  const { page } = useApp();
  return (
    <div className={styles.footer}>
      <Button
        icon={<LayoutGrid size={15} strokeWidth={1.75} aria-hidden />}
        onClick={() => page.setState({ dialog: { kind: 'gallery', firstVisit: false } })}
      >
        Template gallery
      </Button>
    </div>
  );
}
