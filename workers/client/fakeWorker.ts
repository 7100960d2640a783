import { expose } from 'comlink';
import { answerPings } from '../heartbeat';
import type { WorkerLike } from './workerHost';

/** A worker within this thread for tests: a message channel with `api` at its other end, which can be made to die. */
export class FakeWorker {
  readonly worker: WorkerLike;
  terminated = false;
  private readonly errors = new EventTarget();

  /** Its thread computes: it does not even say that it is there. */
  isBusy = false;

  /** Ends without an event. */
  vanish: () => void = () => undefined;

  constructor(api: object) {
    const { port1, port2 } = new MessageChannel();
    expose(api, port2);
    answerPings(port2, (message) => this.isBusy || port2.postMessage(message));
    const targetOf = (type: string): EventTarget => (type === 'message' ? port1 : this.errors);
    const ended = new Promise<void>((resolve) => (this.vanish = resolve));
    this.worker = {
      ended,
      postMessage: (message, transfer) => port1.postMessage(message, transfer ?? []),
      addEventListener: (type, listener) => targetOf(type).addEventListener(type, listener),
      removeEventListener: (type, listener) => targetOf(type).removeEventListener(type, listener),
      start: () => port1.start(),
      terminate: () => {
        this.terminated = true;
        port1.close();
        port2.close();
      },
    };
  }

  die(message: string): void {
    this.errors.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}
