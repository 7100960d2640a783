import type { Diagnostic } from '../../core/diagnostic';
import type { Plan, PlanLimits } from '../../codegen/plan';

const MEGABYTE = 2 ** 20;

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / MEGABYTE).toLocaleString('en')} MB`;
}

/** What of a plan is larger than the adapter allows, one diagnostic for each array. */
export function checkPlanLimits(plan: Plan, limits: PlanLimits): Diagnostic[] {
  const most = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  return plan.buffers
    .filter(({ byteLength }) => byteLength > most)
    .map(({ label, byteLength }) => ({
      code: 'shape.too-large',
      severity: 'error',
      message: `The array ${label} takes ${megabytes(byteLength)}; this GPU allows ${megabytes(most)} for one array.`,
      hint: 'Use a smaller batch, smaller layers or less data, or choose another engine.',
    }));
}
