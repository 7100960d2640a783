import { PING, PONG } from './protocol';

/** Has a worker answer the page that asks whether it is there. A thread that computes answers when it is done. */
export function answerPings(
  worker: Pick<EventTarget, 'addEventListener'>,
  say: (message: object) => void,
): void {
  worker.addEventListener('message', (event: Event) => {
    if (hasMark(event, PING)) say({ [PONG]: true });
  });
}

/** Whether a message is one of those that keep watch: Comlink minds no message without a name of its own. */
export function hasMark(event: Event, mark: string): boolean {
  const { data } = event as MessageEvent<unknown>;
  return typeof data === 'object' && data !== null && mark in data;
}
