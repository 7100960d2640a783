import { useCallback, useState } from 'react';

/** As the page names what it keeps. */
const PREFIX = 'basin.';

/** Whether something is unfolded: first not, then as it was left. Where nothing can be kept, it holds while it is shown. */
export function useKeptFlag(name: string): [boolean, (on: boolean) => void] {
  const [isOn, setOn] = useState(() => read(PREFIX + name));
  const change = useCallback(
    (on: boolean) => {
      setOn(on);
      try {
        localStorage.setItem(PREFIX + name, on ? 'open' : 'folded');
      } catch {
        // Private windows may refuse.
      }
    },
    [name],
  );
  return [isOn, change];
}

function read(key: string): boolean {
  try {
    return localStorage.getItem(key) === 'open';
  } catch {
    return false;
  }
}
