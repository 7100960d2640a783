import { Download, FileCode, FileJson, Table } from 'lucide-react';
import { useRun } from '../../panels/run/useRun';
import { IconButton } from '../../editor/ui/IconButton';
import { Menu, MenuItem } from '../../panels/ui/Menu';
import { useApp } from '../useApp';

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

export function ExportMenu() {
  const app = useApp();
  const empty = useRun(
    ({ metrics, metricsVersion }) => metricsVersion >= 0 && metrics.length === 0,
  );
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label="Export">
          <Download {...ICON} />
        </IconButton>
      }
    >
      <MenuItem icon={<FileJson {...ICON} />} keys="Mod+S" onSelect={app.saveFile}>
        Document as JSON
      </MenuItem>
      <MenuItem icon={<FileCode {...ICON} />} onSelect={app.savePytorch}>
        PyTorch script
      </MenuItem>
      <MenuItem icon={<Table {...ICON} />} disabled={empty} onSelect={app.saveMetrics}>
        Metrics as CSV
      </MenuItem>
    </Menu>
  );
}
