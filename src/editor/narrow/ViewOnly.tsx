import { Eye } from 'lucide-react';
import { Popover } from 'radix-ui';
import badge from '../ui/Badge.module.css';
import styles from './Narrow.module.css';
import { DRAWABLE_FROM } from './screen';

/** Says that the window is too narrow to draw in, why, and how to leave that. */
export function ViewOnly() {
  return (
    <Popover.Root>
      <Popover.Trigger className={badge.badge} data-testid="view-only">
        <Eye size={14} aria-hidden /> View only
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={`${badge.popover} ${styles.why}`}
          aria-label="View only"
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <p>
            This window is too narrow to draw in. The graph can be looked at and run here, and its
            live values be moved.
          </p>
          <p>
            To edit it, turn the device, make the letters of the browser smaller, or widen the
            window to {DRAWABLE_FROM} pixels.
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
