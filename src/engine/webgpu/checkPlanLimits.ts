import type { Diagnostic } from '../../core/diagnostic';
import { DEFAULT_LIMITS, type BufferPlan, type Plan, type PlanLimits } from '../../codegen/plan';
import { planProgram } from '../../codegen/planProgram';
import type { Program } from '../../ir/types';
import { describeAdapter, requestAdapter, wantedLimits } from './adapter';
import { shortageDiagnostic, type MemoryShortage } from '../outOfMemoryError';

/** What of a plan is larger than the adapter allows, one diagnostic for each buffer. */
export function checkPlanLimits(plan: Plan, limits: PlanLimits): Diagnostic[] {
  return shortagesOf(plan, limits).map(shortageDiagnostic);
}

/** The buffers of a plan that are larger than the adapter allows. */
export function shortagesOf(plan: Plan, limits: PlanLimits): MemoryShortage[] {
  const most = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  return plan.buffers
    .filter(({ byteLength }) => byteLength > most)
    .map((buffer) => ({
      subject: subject(buffer),
      needs: buffer.byteLength,
      limit: { bytes: most, where: 'one buffer of this GPU' },
      ...nodeOf(buffer, plan),
    }));
}

/** Whether the buffers of a program are within what the adapter allows. A software adapter has no memory of its own: false. */
export async function hasRoomOnGpu(program: Program, gpu: GPU): Promise<boolean> {
  const adapter = await requestAdapter(gpu).catch(() => null);
  if (adapter === null || describeAdapter(adapter).software) return false;
  const limits = { ...DEFAULT_LIMITS, ...wantedLimits(adapter) };
  const plan = planProgram(program, { limits, cooperative: true, subgroups: false });
  return shortagesOf(plan, limits).length === 0;
}

/** The node on whose behalf the largest array of a buffer is written. */
function nodeOf({ storages }: BufferPlan, { sections }: Plan): { readonly nodeId?: string } {
  const largest = storages.reduce((a, b) => (b.length > a.length ? b : a));
  const writer = sections
    .flatMap(({ kernels }) => kernels)
    .find(({ touches }) =>
      touches.some(({ storage, access }) => storage === largest && access === 'read_write'),
    );
  const nodeId = writer?.nodes[0];
  return nodeId === undefined ? {} : { nodeId };
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
