import type { SessionState } from './sessionState';

/** What a user of a session may ask for. `close` is always accepted. */
export type SessionCommand = 'open' | 'run' | 'pause' | 'step' | 'reset' | 'restore' | 'loseDevice';

/** The states that may follow each state. Anything else is a broken invariant. */
export const TRANSITIONS: Readonly<Record<SessionState, readonly SessionState[]>> = {
  idle: ['compiling'],
  // `done` when it is opened at its last step.
  compiling: ['paused', 'done', 'failed'],
  // `paused` again: the step has changed, by a reset or a restore.
  paused: ['paused', 'running', 'done', 'failed', 'lost'],
  running: ['paused', 'done', 'failed', 'lost'],
  done: ['paused', 'failed', 'lost'],
  // A failed run starts again once its learning rate or weights have been changed.
  failed: ['paused', 'running', 'failed', 'lost'],
  // The session goes on in the state in which the device was lost.
  lost: ['paused', 'running', 'done', 'failed'],
};

const WAIT = 'It is being prepared: this works once it is ready.';
const NOT_OPEN = 'No run is open.';
const RECOVERING = 'The GPU device was lost and is being rebuilt.';

/**
 * For each command and state: `true` when it is carried out, `null` when there is nothing to do, else the reason
 * why not, for the user.
 */
export const COMMANDS: Readonly<
  Record<SessionCommand, Readonly<Record<SessionState, true | null | string>>>
> = {
  open: {
    idle: true,
    compiling: null,
    paused: null,
    running: null,
    done: null,
    failed: null,
    lost: null,
  },
  run: {
    idle: NOT_OPEN,
    compiling: WAIT,
    paused: true,
    running: null,
    done: 'The run is complete. Reset it, or give it more steps.',
    failed: true,
    lost: RECOVERING,
  },
  pause: {
    idle: null,
    compiling: null,
    paused: null,
    running: true,
    done: null,
    failed: null,
    // Carried out as soon as the device is back.
    lost: true,
  },
  step: {
    idle: NOT_OPEN,
    compiling: WAIT,
    paused: true,
    running: 'The run is going: pause it to take single steps.',
    done: 'The run is complete. Reset it, or give it more steps.',
    failed: true,
    lost: RECOVERING,
  },
  reset: {
    idle: NOT_OPEN,
    compiling: WAIT,
    paused: true,
    running: true,
    done: true,
    failed: true,
    lost: true,
  },
  restore: {
    idle: NOT_OPEN,
    compiling: WAIT,
    paused: true,
    running: true,
    done: true,
    failed: true,
    lost: true,
  },
  loseDevice: {
    idle: null,
    compiling: null,
    paused: true,
    running: true,
    done: true,
    failed: true,
    lost: null,
  },
};
