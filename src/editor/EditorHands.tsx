import { useEffect, useMemo } from 'react';
import type { Layout } from './commands/arrange';
import type { Command } from './commands/command';
import { useClipboardEvents } from './commands/useClipboardEvents';
import { useEditorCommands } from './commands/useEditorCommands';
import { usePointer } from './commands/usePointer';
import { ConnectDialog } from './connection/ConnectDialog';
import { ChangeKindDialog } from './search/ChangeKindDialog';
import { SearchPalette } from './search/SearchPalette';
import { CommandMenu } from './shortcuts/CommandMenu';
import { ShortcutSheet } from './shortcuts/ShortcutSheet';
import type { Recent, ThingSource } from './shortcuts/things';
import { useShortcuts } from './shortcuts/useShortcuts';
import { useEditorStore } from './store/useEditor';

interface EditorHandsProps {
  readonly layout: Layout | undefined;
  /** The app's own commands, which come first. */
  readonly extra: readonly Command[];
  readonly things: readonly ThingSource[];
  readonly recent: Recent;
  /** Hears of all commands, whenever they are others. */
  readonly onCommands: (commands: readonly Command[]) => void;
}

/** What is done with the graph by keys, by the clipboard and in dialogs, of which the `UiStore` says which is open. */
export function EditorHands({ layout, extra, things, recent, onCommands }: EditorHandsProps) {
  const { endGesture } = useEditorStore();
  const pointer = usePointer();
  const own = useEditorCommands(layout, pointer);
  const commands = useMemo(() => [...extra, ...own], [extra, own]);
  useEffect(() => onCommands(commands), [commands, onCommands]);
  useShortcuts(commands, endGesture);
  useClipboardEvents(pointer);
  return (
    <>
      <SearchPalette />
      <ConnectDialog />
      <ChangeKindDialog />
      <CommandMenu commands={commands} sources={things} recent={recent} />
      <ShortcutSheet commands={commands} />
    </>
  );
}
