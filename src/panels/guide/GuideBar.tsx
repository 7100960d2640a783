import { BookOpen, ChevronDown, ChevronRight } from 'lucide-react';
import styles from './Guide.module.css';
import { useGuide, useGuideActions } from './useGuide';

/** Folds the guide and opens it, where it can be; says whose it is and how much of it is done. */
export function GuideBar({ folds = true }: { folds?: boolean }) {
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
  const title = (
    <>
      <BookOpen size={15} strokeWidth={1.75} aria-hidden />
      <span className={styles.barTitle}>Guide: {about.title}</span>
      <span className={styles.count}>
        {done} of {experiments.length}
        <span className={styles.unseen}> done</span>
      </span>
    </>
  );
  if (!folds) return <div className={styles.bar}>{title}</div>;
  return (
    <button
      type="button"
      className={styles.bar}
      aria-expanded={isOpen}
      data-testid="guide-bar"
      onClick={() => setOpen(!isOpen)}
    >
      {title}
      <Chevron size={14} aria-hidden />
    </button>
  );
}
