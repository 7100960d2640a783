import {
  ChevronDown,
  Copy,
  Database,
  FilePlus2,
  FolderOpen,
  LayoutGrid,
  List,
  Save,
} from 'lucide-react';
import { IconButton } from '../../editor/ui/IconButton';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../../panels/ui/Menu';
import { formatAge } from '../documents/formatAge';
import { orRefuse } from '../documents/orRefuse';
import { useApp, useDocuments } from '../useApp';

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;
const RECENT = 6;

/** New, open, save, and the documents that were open lately. */
export function DocumentMenu() {
  const app = useApp();
  const { id, list } = useDocuments(({ id, list }) => ({ id, list }));
  const recent = list.filter((summary) => summary.id !== id).slice(0, RECENT);
  return (
    <Menu
      width={280}
      trigger={
        <IconButton label="Documents">
          <ChevronDown {...ICON} />
        </IconButton>
      }
    >
      <MenuItem icon={<FilePlus2 {...ICON} />} onSelect={() => void app.newDocument()}>
        New document
      </MenuItem>
      <MenuItem
        icon={<LayoutGrid {...ICON} />}
        onSelect={() => app.page.setState({ dialog: { kind: 'gallery', firstVisit: false } })}
      >
        New from a template…
      </MenuItem>
      <MenuItem icon={<FolderOpen {...ICON} />} keys="Mod+O" onSelect={app.chooseFile}>
        Open a file…
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Save {...ICON} />} keys="Mod+S" onSelect={app.saveFile}>
        Save as a JSON file
      </MenuItem>
      <MenuItem icon={<Copy {...ICON} />} onSelect={() => void app.documents.duplicate()}>
        Duplicate
      </MenuItem>
      <MenuSeparator />
      {recent.length > 0 && <MenuLabel>In this browser</MenuLabel>}
      {recent.map((summary) => (
        <MenuItem
          key={summary.id}
          hint={formatAge(summary.updated)}
          onSelect={() => void orRefuse(app, app.documents.openStored(summary.id))}
        >
          {summary.title || 'Untitled'}
        </MenuItem>
      ))}
      <MenuItem
        icon={<List {...ICON} />}
        onSelect={() => app.page.setState({ dialog: { kind: 'documents' } })}
      >
        All documents…
      </MenuItem>
      <MenuItem
        icon={<Database {...ICON} />}
        onSelect={() => app.page.setState({ dialog: { kind: 'data' } })}
      >
        Data in this browser…
      </MenuItem>
    </Menu>
  );
}
