import { Download, FileCode, FileImage, FileJson, FileUp, Table, Weight } from 'lucide-react';
import { useRun } from '../../panels/run/useRun';
import { IconButton } from '../../editor/ui/IconButton';
import { Menu, MenuItem, MenuSeparator } from '../../panels/ui/Menu';
import { useApp } from '../useApp';

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

export function ExportMenu() {
  const app = useApp();
  const { empty, hasWeights } = useRun(({ metrics, metricsVersion, state }) => ({
    empty: metricsVersion >= 0 && metrics.length === 0,
    hasWeights: state !== 'idle' && state !== 'compiling',
  }));
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
      <MenuItem
        icon={<FileImage {...ICON} />}
        hint="Graph inside"
        onSelect={() => app.saveCanvas('png')}
      >
        Canvas as PNG
      </MenuItem>
      <MenuItem icon={<FileImage {...ICON} />} onSelect={() => app.saveCanvas('svg')}>
        Canvas as SVG
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Table {...ICON} />} disabled={empty} onSelect={() => app.saveMetrics('csv')}>
        Metrics as CSV
      </MenuItem>
      <MenuItem
        icon={<Table {...ICON} />}
        disabled={empty}
        onSelect={() => app.saveMetrics('jsonl')}
      >
        Metrics as JSON Lines
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Weight {...ICON} />}
        disabled={!hasWeights}
        onSelect={() => void app.weights.save()}
      >
        Save weights
      </MenuItem>
      <MenuItem icon={<FileUp {...ICON} />} onSelect={app.weights.load}>
        Load weights…
      </MenuItem>
    </Menu>
  );
}
