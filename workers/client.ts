export { LayoutClient } from './client/layoutClient';
export { ProbeClient } from './client/probeClient';
export { TrainClient } from './client/trainClient';
