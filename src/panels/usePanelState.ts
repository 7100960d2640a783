import { createContext, useContext, useState } from 'react';

/** What panels remember, by name, for as long as the dock is there. */
export const PanelMemory = createContext<Map<string, unknown>>(new Map());

/** As `useState`, of a panel that may be closed and opened again, or have nothing to show for a while: it is then as it was left. */
export function usePanelState<T>(name: string, initial: T): readonly [T, (value: T) => void] {
  const memory = useContext(PanelMemory);
  const [value, setValue] = useState<T>(() =>
    memory.has(name) ? (memory.get(name) as T) : initial,
  );
  return [
    value,
    (next) => {
      memory.set(name, next);
      setValue(next);
    },
  ];
}
