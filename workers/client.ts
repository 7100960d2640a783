export { LayoutClient } from './client/layoutClient';
export { PlanClient } from './client/planClient';
export { ProbeClient } from './client/probeClient';
export { TrainClient } from './client/trainClient';
