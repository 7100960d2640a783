import { Check, CircleAlert, LoaderCircle } from 'lucide-react';
import { useDocuments } from '../useApp';
import styles from './TopBar.module.css';

const TEXTS = {
  saved: 'Saved in this browser',
  pending: 'Saving…',
  saving: 'Saving…',
  conflict: 'Not saved: changed in another tab',
  failed: 'Not saved',
} as const;

/** Whether the document is kept. */
export function SaveMark() {
  const { save, gone, fault } = useDocuments(({ save, gone, fault }) => ({ save, gone, fault }));
  const state = gone === null ? TEXTS[save] : 'Not saved: thrown away in another tab';
  const text = fault === null ? state : `${state}\n${fault.message}`;
  const Icon =
    save === 'saved' ? Check : save === 'pending' || save === 'saving' ? LoaderCircle : CircleAlert;
  return (
    <span className={styles.saveMark} data-save={save} data-tip={text} role="img" aria-label={text}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
    </span>
  );
}
