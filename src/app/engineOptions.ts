import { AUTOMATIC, ENGINES } from '../engine/engines';

/** One of what the user may ask to compute with. */
export interface EngineOption {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  /** As a command of the command menu. */
  readonly command: string;
}

/** The choices of the engine menu: the automatic one, then the table of engines. */
export function engineOptions(): EngineOption[] {
  return [
    {
      value: AUTOMATIC,
      label: 'Automatic',
      hint: 'Whichever is faster on this machine for this graph',
      command: 'Pick the engine automatically',
    },
    ...ENGINES.map(({ name, label, hint }) => ({
      value: name,
      label,
      hint,
      command: `Compute with ${label}`,
    })),
  ];
}

/** What the badge says before an engine runs. */
export function labelOfChoice(choice: string): string {
  return engineOptions().find(({ value }) => value === choice)?.label ?? choice;
}
