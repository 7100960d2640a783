/** Names in `program.live`: what `Executable.setLive` takes. */
export const LIVE = {
  learningRate: 'training.learningRate',
  parameter: (nodeId: string, parameter: string) => `${nodeId}.${parameter}`,
} as const;

/** Name in `program.state` of a weight or running statistic of a module. */
export function stateName(nodeId: string, weight: string): string {
  return `${nodeId}.${weight}`;
}
