import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from '../../editor/ui/IconButton';
import styles from './Dialog.module.css';

interface DialogProps {
  readonly title: string;
  /** One line below the title. */
  readonly description?: ReactNode;
  readonly onClose: () => void;
  readonly width?: number;
  /** Buttons at the foot, the main one last. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** The window itself takes the keyboard, not its first button: nothing is pressed or explained by accident. */
function focusItself(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

/** A field that is edited in place takes Escape for itself: its text is as it was, and the window stays. */
function leaveToField(event: KeyboardEvent): void {
  const { target } = event;
  if (target instanceof HTMLElement && 'inPlace' in target.dataset) event.preventDefault();
}

/** A window over the page. It is there as long as it is rendered. */
export function Dialog({ title, description, onClose, width, actions, children }: DialogProps) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content
          className={styles.dialog}
          style={{ width }}
          onOpenAutoFocus={focusItself}
          onEscapeKeyDown={leaveToField}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className={styles.header}>
            <div>
              <Radix.Title className={styles.title}>{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className={styles.description}>{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close">
                <X size={16} strokeWidth={1.75} aria-hidden />
              </IconButton>
            </Radix.Close>
          </header>
          {children !== undefined && <div className={styles.body}>{children}</div>}
          {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
