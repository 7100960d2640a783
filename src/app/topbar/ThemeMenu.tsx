import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton } from '../../editor/ui/IconButton';
import { Menu, MenuChoice } from '../../panels/ui/Menu';
import { useApp, useTheme } from '../useApp';

const ICONS = { light: Sun, dark: Moon, system: Monitor } as const;
export const THEME_CHOICES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'system', label: 'As the system' },
] as const;

export function ThemeMenu() {
  const { theme } = useApp();
  const choice = useTheme((state) => state.choice);
  const Icon = ICONS[choice];
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label="Theme">
          <Icon size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      <MenuChoice value={choice} onChange={theme.choose} options={THEME_CHOICES} />
    </Menu>
  );
}
