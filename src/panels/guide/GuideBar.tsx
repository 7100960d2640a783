import { BookOpen, ChevronDown, ChevronRight } from 'lucide-react';
import styles from './Guide.module.css';
import { useGuide, useGuideActions } from './useGuide';

/** Folds the guide and opens it; says whose it is and how much of it is done. */
export function GuideBar() {
  const { setOpen } = useGuideActions();
  const { guide, isOpen, progress } = useGuide(({ guide, isOpen, progress }) => ({
    guide,
    isOpen,
    progress,
  }));
  if (guide === null) return null;
  const { experiments, about } = guide;
  const done = experiments.filter(({ id }) => progress[id] !== undefined).length;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      className={styles.bar}
      aria-expanded={isOpen}
      data-testid="guide-bar"
      onClick={() => setOpen(!isOpen)}
    >
      <BookOpen size={15} strokeWidth={1.75} aria-hidden />
      <span className={styles.barTitle}>Guide: {about.title}</span>
      <span className={styles.count}>
        {done} of {experiments.length}
        <span className={styles.unseen}> done</span>
      </span>
      <Chevron size={14} aria-hidden />
    </button>
  );
}
