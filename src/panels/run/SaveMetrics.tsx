import { Download } from 'lucide-react';
import { IconButton } from '../../editor/ui/IconButton';
import type { MetricHistory } from '../../runs/metricHistory';
import type { SeriesInfo } from '../../runs/seriesInfo';
import { Menu, MenuItem } from '../ui/Menu';
import { METRIC_FORMATS, saveMetrics } from './saveMetrics';

interface SaveMetricsProps {
  readonly title: string;
  readonly metrics: MetricHistory;
  readonly series: readonly SeriesInfo[];
}

/** Hands the user the numbers of every step. */
export function SaveMetrics({ title, metrics, series }: SaveMetricsProps) {
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label="Save the metrics">
          <Download size={15} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      {METRIC_FORMATS.map((format) => (
        <MenuItem key={format.id} onSelect={() => saveMetrics(format.id, title, metrics, series)}>
          {format.title}
        </MenuItem>
      ))}
    </Menu>
  );
}
