import {
  Command,
  Ellipsis,
  FileCode,
  FileImage,
  FileJson,
  Footprints,
  LayoutGrid,
  RotateCcw,
  Share2,
  Table,
  Weight,
} from 'lucide-react';
import { useUiStore } from '../../editor/store/uiStore';
import { IconButton } from '../../editor/ui/IconButton';
import { useRun } from '../../panels/run/useRun';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '../../panels/ui/Menu';
import { engineOptions } from '../engineOptions';
import { useApp, useTheme } from '../useApp';
import { THEME_CHOICES } from './ThemeMenu';

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** What a narrow bar has no room for. */
export function MoreMenu() {
  const app = useApp();
  const ui = useUiStore();
  const theme = useTheme((state) => state.choice);
  const { engineChoice, canReset, empty, hasWeights } = useRun(
    ({ engineChoice, state, step, stale, metrics, metricsVersion }) => ({
      engineChoice,
      canReset: state !== 'compiling' && (step > 0 || state === 'failed' || stale),
      empty: metricsVersion >= 0 && metrics.length === 0,
      hasWeights: state !== 'idle' && state !== 'compiling',
    }),
  );
  return (
    <Menu
      align="end"
      width={280}
      trigger={
        <IconButton label="More">
          <Ellipsis size={18} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem
        icon={<RotateCcw {...ICON} />}
        disabled={!canReset}
        onSelect={() => app.actions.reset()}
      >
        Reset to step 0
      </MenuItem>
      <MenuItem
        icon={<LayoutGrid {...ICON} />}
        onSelect={() => app.page.setState({ dialog: { kind: 'gallery', firstVisit: false } })}
      >
        Templates
      </MenuItem>
      <MenuItem
        icon={<Share2 {...ICON} />}
        onSelect={() => app.page.setState({ dialog: { kind: 'share' } })}
      >
        Share
      </MenuItem>
      <MenuItem icon={<FileJson {...ICON} />} onSelect={app.saveFile}>
        Save as a JSON file
      </MenuItem>
      <MenuItem icon={<FileCode {...ICON} />} onSelect={app.savePytorch}>
        PyTorch script
      </MenuItem>
      <MenuItem icon={<FileImage {...ICON} />} onSelect={() => app.saveCanvas('png')}>
        Canvas as PNG
      </MenuItem>
      <MenuItem icon={<Table {...ICON} />} disabled={empty} onSelect={() => app.saveMetrics('csv')}>
        Metrics as CSV
      </MenuItem>
      <MenuItem
        icon={<Weight {...ICON} />}
        disabled={!hasWeights}
        onSelect={() => void app.weights.save()}
      >
        Save weights
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Command {...ICON} />} onSelect={() => ui.setState({ commandMenu: true })}>
        Find anything
      </MenuItem>
      <MenuItem icon={<Footprints {...ICON} />} onSelect={app.tour.start}>
        Take the tour
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Compute with</MenuLabel>
      <MenuChoice
        value={engineChoice}
        onChange={app.actions.chooseEngine}
        options={engineOptions()}
      />
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice value={theme} onChange={app.theme.choose} options={THEME_CHOICES} />
    </Menu>
  );
}
