import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** Where the dock has room for the tools of the panel that is shown: beside the tabs. */
export const DockToolsContext = createContext<HTMLElement | null>(null);

/** Puts a panel's tools there. */
export function DockTools({ children }: { children: ReactNode }) {
  const place = useContext(DockToolsContext);
  return place === null ? null : createPortal(children, place);
}
