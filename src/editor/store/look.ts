import type { Viewport } from '@xyflow/react';
import { createContext, useContext, useEffect, useRef } from 'react';
import type { GroupImperativeHandle, GroupProps } from 'react-resizable-panels';
import { useEditor } from './useEditor';

/** How a document was looked at: no part of it, and kept beside it. */
export interface Look {
  /** Of the canvas. */
  readonly view?: Viewport | undefined;
  /** Per cent that panels take, by the group that they are in. */
  readonly sizes?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
}

/** Of the open document. */
export interface KeptLook {
  read(): Look;
  keep(change: Partial<Look>): void;
}

/** Nothing is kept: an editor on its own. */
export const LookContext = createContext<KeptLook | null>(null);

export function useLook(): KeptLook | null {
  return useContext(LookContext);
}

type KeptSizes = Pick<GroupProps, 'groupRef' | 'onLayoutChanged'>;

/** For a group of panels: its sizes are as they were when the document was left, where somebody had set them. */
export function useKeptSizes(name: string): KeptSizes {
  const look = useLook();
  const groupRef = useRef<GroupImperativeHandle>(null);
  const opened = useEditor((state) => state.openedRevision);
  useEffect(() => {
    const group = groupRef.current;
    const kept = look?.read().sizes?.[name];
    if (group === null || kept === undefined) return;
    const panels = Object.keys(group.getLayout());
    // Palette and inspector are not there on a narrow screen, nor a guide that is folded.
    const isSame = panels.length === Object.keys(kept).length && panels.every((id) => id in kept);
    if (isSame) group.setLayout({ ...kept });
  }, [look, name, opened]);
  return {
    groupRef,
    onLayoutChanged: (layout, { isUserInteraction }) => {
      if (!isUserInteraction || look === null) return;
      look.keep({ sizes: { ...look.read().sizes, [name]: layout } });
    },
  };
}
