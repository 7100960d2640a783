import { useSyncExternalStore } from 'react';

/** The theme by name: what draws on a canvas has to draw again when it changes. */
export function useTheme(): string {
  return useSyncExternalStore(subscribe, readTheme);
}

function readTheme(): string {
  return document.documentElement.dataset['theme'] ?? '';
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
