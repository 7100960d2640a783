import { toast } from 'sonner';
import { createApp } from './createApp';
import type { FirstView } from './firstView';
import { pageSlots, type PageSlots } from './pageSlots';
import type { App } from './useApp';

/** The page but for its first view. */
export interface Later {
  readonly app: App;
  readonly slots: PageSlots;
}

/** Everything around the graph, once that is shown. */
export function startLater(first: FirstView): Later {
  const app = createApp(first, (message) => void toast(message));
  return { app, slots: pageSlots(app, first.embed) };
}
