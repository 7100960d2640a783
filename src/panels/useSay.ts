import { createContext, useContext } from 'react';

/** Says something in passing: a message of the page that goes by itself. */
export const SayContext = createContext<(message: string) => void>(() => undefined);

export function useSay(): (message: string) => void {
  return useContext(SayContext);
}
