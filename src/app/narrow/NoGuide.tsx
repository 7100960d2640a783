import { Button } from '../../panels/ui/Button';
import { useGuide } from '../../panels/guide/useGuide';
import { useApp } from '../useApp';
import styles from './NoGuide.module.css';

/** Where the guide would be, of a document that has none. */
export function NoGuide() {
  const { page } = useApp();
  const hasGuide = useGuide(({ guide }) => guide !== null);
  if (hasGuide) return null;
  return (
    <div className={styles.none}>
      <p>This document has no guide: templates have one.</p>
      <Button onClick={() => page.setState({ dialog: { kind: 'gallery', firstVisit: false } })}>
        Templates
      </Button>
    </div>
  );
}
