import type { Kernel } from '../../codegen/plan';
import type { GpuContext } from './gpuContext';
import { STAGE_COMPUTE } from './gpuFlags';

export interface CompiledKernel {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/**
 * So many are compiled at a time, which keeps the cores busy. What a GPU process was given it compiles to the end, also for a worker that
 * is gone: were it given all kernels of a large graph, the next graph would wait for them.
 */
const AT_ONCE = 16;

/** Pipelines by source: equal layers share theirs, and compiling a program again costs nothing. */
export class PipelineCache {
  private readonly pipelines = new Map<string, Promise<CompiledKernel>>();
  private readonly layouts = new Map<string, GPUBindGroupLayout>();
  private readonly queue: (() => void)[] = [];
  private compiling = 0;

  constructor(private readonly context: GpuContext) {}

  /** Rejects with the kernel's name and the compiler's message when the source is refused. */
  async get(kernel: Kernel): Promise<CompiledKernel> {
    const known = this.pipelines.get(kernel.wgsl);
    if (known) return known;
    const made = this.inTurn(() => this.compile(kernel));
    this.pipelines.set(kernel.wgsl, made);
    try {
      return await made;
    } catch (error) {
      this.pipelines.delete(kernel.wgsl);
      throw error;
    }
  }

  private async inTurn(compile: () => Promise<CompiledKernel>): Promise<CompiledKernel> {
    // Who leaves hands its turn to the next.
    if (this.compiling < AT_ONCE) this.compiling++;
    else await new Promise<void>((resolve) => this.queue.push(resolve));
    try {
      this.context.check();
      return await compile();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.compiling--;
    }
  }

  private async compile(kernel: Kernel): Promise<CompiledKernel> {
    const { device, stats } = this.context;
    const layout = this.layout(kernel);
    // Its error is told through the pipeline; the scope keeps it from being told twice.
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ label: kernel.name, code: kernel.wgsl });
    const scope = device.popErrorScope();
    stats.pipelinesCreated++;
    try {
      const pipeline = await this.context.wait(
        device.createComputePipelineAsync({
          label: kernel.name,
          layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
          compute: { module, entryPoint: 'main' },
        }),
      );
      return { pipeline, layout };
    } catch (error) {
      this.context.check();
      const messages = (await module.getCompilationInfo()).messages
        .filter(({ type }) => type === 'error')
        .map(({ lineNum, message }) => `line ${lineNum}: ${message}`);
      const details = messages.length > 0 ? messages.join('\n') : String(error);
      throw new Error(`Kernel "${kernel.name}" does not compile:\n${details}\n${kernel.wgsl}`, {
        cause: error,
      });
    } finally {
      await scope.catch(() => null);
    }
  }

  private layout({ bindings }: Kernel): GPUBindGroupLayout {
    const key = bindings.map(({ access }) => access).join();
    let layout = this.layouts.get(key);
    if (!layout) {
      layout = this.context.device.createBindGroupLayout({
        label: key,
        entries: bindings.map(({ access }, binding) => ({
          binding,
          visibility: STAGE_COMPUTE,
          buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' },
        })),
      });
      this.layouts.set(key, layout);
    }
    return layout;
  }
}
