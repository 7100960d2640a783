export { DataClient } from './client/dataClient';
export { LayoutClient } from './client/layoutClient';
export { PlanClient } from './client/planClient';
export { ProbeClient } from './client/probeClient';
export { SweepClient } from './client/sweepClient';
export { TrainClient } from './client/trainClient';
export type { Due, SilenceListener, SilentWorker } from './client/workerHost';
