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
  'run' | 'pause' | 'step' | 'reset' | 'setLive' | 'snapshot' | 'setTotalSteps' | 'close'
> {
  open(request: OpenRequest, listener: (event: TaggedSessionEvent) => void): Promise<void>;
}

export interface ProbePort {
  probe(request: ProbeRequest): Promise<ProbeAnswer>;
}
