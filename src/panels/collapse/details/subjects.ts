import type { ProbeReport } from '../../../probing/report';

/** A node that a report says something of. */
export interface Subject {
  readonly nodeId: string;
  readonly label: string;
}

/** Every node that the report says something of, representations first. */
export function subjectsOf({ reps, energies, latents, modules = {} }: ProbeReport): Subject[] {
  const named = (part: Readonly<Record<string, { readonly label: string }>>): Subject[] =>
    Object.entries(part).map(([nodeId, { label }]) => ({ nodeId, label }));
  const all = [...Object.values(reps), ...named(energies), ...named(latents), ...named(modules)];
  const subjects = new Map(all.map(({ nodeId, label }) => [nodeId, { nodeId, label }]));
  return [...subjects.values()];
}
