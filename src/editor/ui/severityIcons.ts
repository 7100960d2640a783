import { CircleX, Info, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Severity } from '../../core/diagnostic';

/** How faults and remarks are marked, in lists and banners alike. */
export const SEVERITY_ICONS: Readonly<Record<Severity, LucideIcon>> = {
  error: CircleX,
  warning: TriangleAlert,
  info: Info,
};
