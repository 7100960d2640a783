import {
  Activity,
  ArrowLeftRight,
  Atom,
  Binary,
  Brain,
  ChartBellCurve,
  ChartColumn,
  ChartScatter,
  CircleDot,
  Combine,
  Compass,
  Crop,
  Dices,
  Diff,
  Eraser,
  Expand,
  Eye,
  Film,
  Frame,
  Grid2x2,
  Grid2x2X,
  Grid3x3,
  History,
  Image,
  Layers,
  Link2,
  ListOrdered,
  Magnet,
  Minimize2,
  Mountain,
  Move,
  Network,
  Orbit,
  Plus,
  RotateCw,
  Rows3,
  Ruler,
  Scale,
  Scissors,
  Shapes,
  Sigma,
  Spline,
  SquareDashed,
  StickyNote,
  SunMedium,
  Table2,
  Waves,
  Waypoints,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Category } from '../../../graph/nodeDefinition';

/**
 * The icons that a node's definition can name, by their names at lucide.dev. All of Lucide would be a large part of
 * the page, so an icon that no kind had yet is one more line here.
 */
export const GLYPHS: Readonly<Record<string, LucideIcon>> = {
  activity: Activity,
  'arrow-left-right': ArrowLeftRight,
  atom: Atom,
  binary: Binary,
  brain: Brain,
  'chart-bell-curve': ChartBellCurve,
  'chart-column': ChartColumn,
  'chart-scatter': ChartScatter,
  'circle-dot': CircleDot,
  combine: Combine,
  compass: Compass,
  crop: Crop,
  dices: Dices,
  diff: Diff,
  eraser: Eraser,
  expand: Expand,
  eye: Eye,
  film: Film,
  frame: Frame,
  'grid-2x2': Grid2x2,
  'grid-2x2-x': Grid2x2X,
  'grid-3x3': Grid3x3,
  history: History,
  image: Image,
  layers: Layers,
  'link-2': Link2,
  'list-ordered': ListOrdered,
  magnet: Magnet,
  'minimize-2': Minimize2,
  mountain: Mountain,
  move: Move,
  network: Network,
  orbit: Orbit,
  plus: Plus,
  'rotate-cw': RotateCw,
  'rows-3': Rows3,
  ruler: Ruler,
  scale: Scale,
  scissors: Scissors,
  shapes: Shapes,
  sigma: Sigma,
  spline: Spline,
  'square-dashed': SquareDashed,
  'sticky-note': StickyNote,
  'sun-medium': SunMedium,
  'table-2': Table2,
  waves: Waves,
  waypoints: Waypoints,
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

interface GlyphProps {
  /** Of the kind's definition. */
  readonly icon: string | undefined;
  readonly category: Category;
  readonly size?: number;
}

/** The sign of a kind: its own, else its category's. */
export function Glyph({ icon, category, size = 14 }: GlyphProps) {
  const Icon = (icon === undefined ? undefined : GLYPHS[icon]) ?? BY_CATEGORY[category];
  return <Icon size={size} strokeWidth={1.75} aria-hidden />;
}
