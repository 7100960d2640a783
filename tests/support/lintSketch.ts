import { registry } from '../../nodes/index';
import { sketchDocument } from '../../src/compiler/testing/testGraphs';
import { analyse } from '../../src/compiler/analysis/analyse';

/** For tests: a graph in a few words, and what is found on it. */
export type Nodes = Parameters<typeof sketchDocument>[0]['nodes'];

export function findings(nodes: Nodes, edges: string[]): string[] {
  return analyse(sketchDocument({ nodes, edges }), registry).diagnostics.map(
    ({ code, nodeId, severity }) => `${severity} ${code} ${nodeId}`,
  );
}

export const ENCODER = ['module.mlp', { role: 'encoder', widths: [16], width: 8 }] as const;
export const JOINT: Nodes = {
  digits: 'data.digits',
  a: ENCODER,
  b: ENCODER,
  energy: 'energy.squared',
};
export const JOINT_EDGES = [
  'digits.x -> a.in',
  'digits.x -> b.in',
  'a.out -> energy.a',
  'b.out -> energy.b',
];
export const EXPANDER = ['module.mlp', { role: 'expander', widths: [16], width: 16 }] as const;
export const PREDICTOR = ['module.mlp', { role: 'predictor', widths: [8], width: 8 }] as const;
export const COLLAPSE = 'warning lint.joint-embedding-collapse energy';
export const DIMENSIONAL = 'warning lint.dimensional-collapse energy';
export const FLAT = 'warning lint.flat-energy energy';
