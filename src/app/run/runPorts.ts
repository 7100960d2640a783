import type { BasinDocument } from '../../document/schema';
import type {
  OpenRequest,
  ProbeAnswer,
  ProbeRequest,
  TaggedSessionEvent,
  TrainWorkerApi,
} from '../../../workers/protocol';

/** What the run controller needs of the training worker: the worker's client has it, and so has a fake in tests. */
export interface TrainPort extends Pick<
  TrainWorkerApi,
  | 'run'
  | 'pause'
  | 'step'
  | 'reset'
  | 'setLive'
  | 'snapshot'
  | 'glimpse'
  | 'setTotalSteps'
  | 'setEvaluateEvery'
  | 'close'
> {
  open(request: OpenRequest): Promise<void>;
}

/** Makes a port whose events go to the listener. Their arrays may be read only. */
export type ConnectTrain = (listener: (event: TaggedSessionEvent) => void) => TrainPort;

export interface ProbePort {
  /** Null when the answer came too late to matter. */
  probe(request: ProbeRequest): Promise<ProbeAnswer | null>;
  /** The run has been closed. */
  cancel(): void;
  /** Another document is open now: what is asked of the last one is nobody's. */
  leave(opened: BasinDocument): Promise<void>;
}
