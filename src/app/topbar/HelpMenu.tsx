import { CircleHelp, Command, Footprints, Keyboard, LayoutGrid } from 'lucide-react';
import { useUiStore } from '../../editor/store/uiStore';
import { IconButton } from '../../editor/ui/IconButton';
import { Menu, MenuItem } from '../../panels/ui/Menu';
import { useApp } from '../useApp';

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** Where to turn to. */
export function HelpMenu({ className }: { className?: string | undefined }) {
  const { page, tour } = useApp();
  const ui = useUiStore();
  return (
    <Menu
      align="end"
      width={240}
      trigger={
        <IconButton label="Help" className={className}>
          <CircleHelp {...ICON} size={16} />
        </IconButton>
      }
    >
      <MenuItem icon={<Footprints {...ICON} />} onSelect={tour.start}>
        Take the tour
      </MenuItem>
      <MenuItem
        icon={<LayoutGrid {...ICON} />}
        onSelect={() => page.setState({ dialog: { kind: 'gallery', firstVisit: false } })}
      >
        Templates
      </MenuItem>
      <MenuItem
        icon={<Keyboard {...ICON} />}
        keys="?"
        onSelect={() => ui.setState({ shortcutSheet: true })}
      >
        Keyboard shortcuts
      </MenuItem>
      <MenuItem
        icon={<Command {...ICON} />}
        keys="Mod+K"
        onSelect={() => ui.setState({ commandMenu: true })}
      >
        Find anything
      </MenuItem>
    </Menu>
  );
}
