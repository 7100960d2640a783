import type { Kernel, Plan, Touch } from '../plan';
import { kernelNumbers, planNumbers } from './planNumbers';

/** A plan for people: one line a kernel with what it reads and writes, loops indented, then the buffers. */
export function printPlan(plan: Plan): string {
  const { dispatchesPerStep, buffers, bytes, peakBytes } = planNumbers(plan);
  const lines = [
    `${dispatchesPerStep} dispatches a step, ${buffers} buffers, ${bytes} B, at most ${peakBytes} B in use`,
  ];
  for (const { count, kernels } of plan.sections) {
    if (count > 1) lines.push(`repeat ${count}`);
    for (const kernel of kernels) lines.push(`${count > 1 ? '    ' : '  '}${printKernel(kernel)}`);
  }
  lines.push('buffers');
  plan.buffers.forEach(({ label, byteLength, storages }, number) => {
    const shared = storages.length > 1 ? `: ${storages.map(({ name }) => name).join(', ')}` : '';
    lines.push(`  ${number} ${label} ${byteLength} B${shared}`);
  });
  return `${lines.join('\n')}\n`;
}

/** Every kernel's source, each under a comment with its name. */
export function printSources(plan: Plan): string {
  return plan.sections
    .flatMap(({ kernels }) => kernels)
    .map(({ name, nodes, wgsl }) => `// ${[name, ...nodes].join(' · ')}\n${wgsl}`)
    .join('\n');
}

function printKernel(kernel: Kernel): string {
  const { name, kind, ops, touches, workgroups } = kernel;
  const names = (access: Touch['access']): string =>
    touches
      .filter((touch) => touch.access === access)
      .map(({ storage }) => storage.name)
      .join(', ');
  const grid = workgroups[1] === 1 ? workgroups[0] : workgroups.join('×');
  const { bytesRead, bytesWritten } = kernelNumbers(kernel, 1);
  const moves = `${names('read')} -> ${names('read_write')}`;
  return `${kind} "${name}" [${ops.join(' ')}] ${moves} (${grid} groups, ${bytesRead} B read, ${bytesWritten} B written)`;
}
