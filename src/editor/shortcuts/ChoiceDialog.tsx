import { Command as Menu } from 'cmdk';
import type { ReactNode } from 'react';
import styles from './CommandMenu.module.css';

interface ChoiceDialogProps {
  readonly label: string;
  readonly placeholder: string;
  /** Items of the menu. */
  readonly children: ReactNode;
  onClose(): void;
}

/** One of a few things is asked for, in the manner of the command menu. It is there as long as it is rendered. */
export function ChoiceDialog({ label, placeholder, children, onClose }: ChoiceDialogProps) {
  return (
    <Menu.Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      label={label}
      overlayClassName={styles.overlay}
      contentClassName={styles.dialog}
      loop
    >
      <Menu.Input autoFocus className={styles.input} placeholder={placeholder} />
      <Menu.List className={styles.list}>{children}</Menu.List>
    </Menu.Dialog>
  );
}
