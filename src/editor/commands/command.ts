/** Something that can be done by name: the command menu, the shortcut sheet and the keyboard all read these. */
export interface Command {
  readonly id: string;
  /** Sentence case, as a thing to do: `Duplicate selection`. */
  readonly title: string;
  readonly section: string;
  /** As in `Mod+Shift+Z`; `Mod` is ⌘ on a Mac and Ctrl elsewhere. Several ways to do the same. */
  readonly keys?: readonly string[];
  /** More words to find it by. */
  readonly keywords?: string;
  /** Keys are shown, but the browser's own event (copy, cut, paste) runs it. */
  readonly byEvent?: boolean;
  /** Also while a text field has the keyboard. */
  readonly inText?: boolean;
  /** Done again and again while its keys are held. */
  readonly repeats?: boolean;
  /** It acts on what is selected: the shortcut sheet shows it first while it can. */
  readonly onSelection?: boolean;
  /** Left out of the shortcut sheet, which says the same more briefly. */
  readonly offSheet?: boolean;
  /** Left out of the command menu. */
  readonly hidden?: boolean;
  /** Why it cannot be done now; null when it can. */
  disabled?(): string | null;
  run(): void;
}
