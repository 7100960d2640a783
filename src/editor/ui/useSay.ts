import { createContext, useContext } from 'react';

/** Says something in passing: a message of the page that goes by itself. */
export type Say = (message: string) => void;

/** While there is nothing yet that shows messages. */
export const sayNothing: Say = () => undefined;

export const SayContext = createContext(sayNothing);

export function useSay(): Say {
  return useContext(SayContext);
}
