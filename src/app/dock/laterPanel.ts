import type { ComponentType } from 'react';
import { laterPart } from '../../editor/ui/laterPart';
import { PanelToCome } from '../later/PanelToCome';

/** The panel of the tab with this title; its code comes when it is opened. */
export function laterPanel(title: string, load: () => Promise<ComponentType>): ComponentType {
  return laterPart(`The tab “${title}”`, load, PanelToCome);
}
