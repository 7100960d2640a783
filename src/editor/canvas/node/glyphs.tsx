import {
  Activity,
  ChartScatter,
  CircleDot,
  Combine,
  Compass,
  Dices,
  Eye,
  Expand,
  Film,
  Frame,
  Grid3x3,
  Image,
  Layers,
  Link2,
  Minimize2,
  Move,
  Network,
  Plus,
  Rows3,
  Ruler,
  Scale,
  Scissors,
  Sigma,
  Spline,
  SquareDashed,
  StickyNote,
  SunMedium,
  Waves,
  Waypoints,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Category } from '../../../graph/nodeDefinition';

const BY_KIND: Readonly<Record<string, LucideIcon>> = {
  'data.digits': Image,
  'data.mnist': Image,
  'data.images': Image,
  'data.points': ChartScatter,
  'data.movingDots': Film,
  'view.noise': Waves,
  'view.shift': Move,
  'view.gain': SunMedium,
  'view.dropout': SquareDashed,
  'module.linear': Spline,
  'module.conv': Grid3x3,
  'module.deconv': Expand,
  'module.transformer': Waypoints,
  'op.concat': Combine,
  'op.add': Plus,
  'op.flatten': Rows3,
  'op.frame': Frame,
  'op.slice': Scissors,
  'op.pool': Minimize2,
  'energy.squared': Ruler,
  'energy.cosine': Compass,
  'latent.gaussian': Dices,
};

const BY_CATEGORY: Readonly<Record<Category, LucideIcon>> = {
  data: ChartScatter,
  view: Waves,
  op: Layers,
  module: Network,
  latent: CircleDot,
  energy: Activity,
  reg: Scale,
  loss: Sigma,
  negative: Dices,
  weights: Link2,
  probe: Eye,
  note: StickyNote,
};

/** The sign of a kind: its own, else its category's. */
export function Glyph({
  kind,
  category,
  size = 14,
}: {
  kind: string;
  category: Category;
  size?: number;
}) {
  const Icon = BY_KIND[kind] ?? BY_CATEGORY[category];
  return <Icon size={size} strokeWidth={1.75} aria-hidden />;
}
