import type { ComponentType } from 'react';

/** One tab of the dock. A tab is a file in `tabs/` and a line in `dockTabs.ts`; nothing else knows them by name. */
export interface DockTab {
  readonly id: string;
  readonly title: string;
  /** How the command menu finds it. */
  readonly command: { readonly title: string; readonly keywords?: string };
  /** Lazy: most visits open few. */
  readonly Panel: ComponentType;
  /** Behind the title: what is worth knowing while another tab is open. */
  readonly Mark?: ComponentType;
  /** It is empty until the document has run. */
  readonly needsRun?: boolean;
}
