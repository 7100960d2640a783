import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Preferences } from '../preferences';

export type ThemeChoice = 'light' | 'dark' | 'system';

export interface ThemeState {
  readonly choice: ThemeChoice;
  /** What is shown. */
  readonly theme: 'light' | 'dark';
}

export interface ThemeController {
  readonly state: StoreApi<ThemeState>;
  choose(choice: ThemeChoice): void;
}

const PREFERENCE = 'theme';

/** Sets `data-theme` on the root element, from the user's choice or the system's. */
export function createThemeController(
  preferences: Preferences,
  root: HTMLElement,
  systemIsDark: MediaQueryList,
): ThemeController {
  const resolve = (choice: ThemeChoice): 'light' | 'dark' => {
    if (choice !== 'system') return choice;
    return systemIsDark.matches ? 'dark' : 'light';
  };
  const kept = preferences.get(PREFERENCE);
  const first: ThemeChoice = kept === 'light' || kept === 'dark' ? kept : 'system';
  const state = createStore<ThemeState>(() => ({ choice: first, theme: resolve(first) }));

  const show = (choice: ThemeChoice): void => {
    const theme = resolve(choice);
    root.dataset['theme'] = theme;
    state.setState({ choice, theme });
  };
  show(first);
  systemIsDark.addEventListener('change', () => show(state.getState().choice));

  return {
    state,
    choose(choice) {
      preferences.set(PREFERENCE, choice === 'system' ? null : choice);
      show(choice);
    },
  };
}
