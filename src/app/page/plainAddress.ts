import type { Preferences } from '../preferences';
import { tellNotice } from './notices';
import type { PageStore } from './pageStore';

/** Where the user has read it; storage is of the address, too. */
const SEEN = 'plainAddress';

/** What browsers keep from pages that come neither by https nor from localhost, and what that means here. */
const KEPT_BACK: readonly { readonly api: string; readonly means: string }[] = [
  { api: 'gpu', means: 'WebGPU: runs compute on WebAssembly' },
  { api: 'serviceWorker', means: 'Visits without a connection' },
  { api: 'locks', means: 'Which runs other tabs record' },
  { api: 'storage', means: 'How much room is left' },
];

/** Says once what does not work at an address of plain http, in one place: each part does without by itself. */
export function tellPlainAddress(page: PageStore, preferences: Preferences): void {
  const missing = KEPT_BACK.filter(({ api }) => !(api in navigator)).map(({ means }) => means);
  if (window.isSecureContext || missing.length === 0 || preferences.get(SEEN) !== null) return;
  tellNotice(page, {
    id: 'plain-address',
    severity: 'info',
    message: 'Without https the browser keeps some things from this page.',
    details: { title: 'What is missing', lines: missing },
    onDismiss: () => preferences.set(SEEN, 'seen'),
  });
}
