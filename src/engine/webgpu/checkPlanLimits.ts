import type { Diagnostic } from '../../core/diagnostic';
import type { BufferPlan, Plan, PlanLimits } from '../../codegen/plan';

const MEGABYTE = 2 ** 20;

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / MEGABYTE).toLocaleString('en')} MB`;
}

/** What of a plan is larger than the adapter allows, one diagnostic for each buffer. */
export function checkPlanLimits(plan: Plan, limits: PlanLimits): Diagnostic[] {
  const most = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  return plan.buffers
    .filter(({ byteLength }) => byteLength > most)
    .map((buffer) => ({
      code: 'shape.too-large',
      severity: 'error',
      message: `${subject(buffer)} ${megabytes(buffer.byteLength)}; this GPU allows ${megabytes(most)} in one piece.`,
      hint: 'Use a smaller batch, smaller layers or less data, or choose another engine.',
    }));
}

function subject({ storages: [first] }: BufferPlan): string {
  switch (first?.role) {
    case 'data':
    case 'ring':
      return `The array ${first.name} takes`;
    case 'state':
      return 'Weights and what the optimizer keeps take';
    default:
      return 'Results between the steps of the computation take';
  }
}
