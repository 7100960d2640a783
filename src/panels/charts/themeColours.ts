import { useMemo } from 'react';
import { useTheme } from '../../editor/pictures/useTheme';

/** Reads a design token as it is now, e.g. `--accent`. Canvases cannot refer to them. */
export type ReadToken = (name: string) => string;

/** Redraws when the theme changes. */
export function useThemeColours(): ReadToken {
  const theme = useTheme();
  return useMemo(() => {
    // Another theme is another reader, so that whoever holds one draws again.
    const kept = new Map([['theme', theme]]);
    return (name) => {
      const known = kept.get(name);
      if (known !== undefined) return known;
      const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      kept.set(name, value);
      return value;
    };
  }, [theme]);
}
