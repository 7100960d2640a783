import { ChevronDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RefObject } from 'react';
import { IconButton } from '../../editor/ui/IconButton';
import { Menu, MenuChoice } from '../../panels/ui/Menu';
import { DOCK_TABS } from './dockTabs';

interface MoreTabsProps {
  /** The row of tabs, which scrolls where there is no room for all. */
  readonly list: RefObject<HTMLElement | null>;
  readonly tab: string | undefined;
  onChange(tab: string): void;
}

/** All tabs by name, where some are out of sight: a mouse without a second wheel does not reach those. */
export function MoreTabs({ list, tab, onChange }: MoreTabsProps) {
  const [isCut, setCut] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      // Half a pixel is lost in rounding.
      setCut(element.scrollWidth > element.clientWidth + 1);
    });
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, [list]);
  if (!isCut) return null;
  return (
    <Menu
      trigger={
        // The keyboard reaches every tab by its arrows.
        <IconButton label="All tabs" tabIndex={-1}>
          <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      <MenuChoice
        value={tab ?? ''}
        onChange={onChange}
        options={DOCK_TABS.map(({ id, title }) => ({ value: id, label: title }))}
      />
    </Menu>
  );
}
