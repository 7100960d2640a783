import type { Command } from '../commands/command';

/**
 * Commands with keys under the headings of the sheet. What the selection can be done with now comes first and is not said again
 * below. `selection`: what is selected, in words; empty for nothing.
 */
export function sheetSections(
  commands: readonly Command[],
  selection: string,
): readonly (readonly [heading: string, readonly Command[]])[] {
  const shown = commands.filter(
    ({ keys, offSheet }) => keys !== undefined && keys.length > 0 && offSheet !== true,
  );
  const applies = shown.filter(
    (command) =>
      selection !== '' && command.onSelection === true && (command.disabled?.() ?? null) === null,
  );
  const others = shown.filter((command) => !applies.includes(command));
  const headings = [...new Set(others.map(({ section }) => section))];
  return [
    ...(applies.length > 0 ? [[`With ${selection} selected`, applies] as const] : []),
    ...headings.map(
      (heading) => [heading, others.filter(({ section }) => section === heading)] as const,
    ),
  ];
}
