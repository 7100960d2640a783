import type { Analysis } from '../compiler/analysis/analysis';
import type { PortKey } from '../compiler/graph/graph';
import { compileGradients } from '../compiler/programs/compileGradients';
import { GRADIENT_OUTPUT, type GradientProgram } from '../compiler/programs/compiled';
import { loadData, type DataSource } from '../compiler/programs/loadData';
import { isOptimizerSlot, ownClocks } from '../compiler/optimizer/optimize';
import { success, type Result } from '../core/result';
import type { Engine, Executable, HostArray, HostArrays } from '../engine/engine';
import { fittingState } from '../engine/fittingState';
import type { ModelState } from './probe';
import type { ModuleReport, ProbeReport, TermReport } from './report';
import { MODULE_STATISTICS, TERM_STATISTICS } from './statistics';
import { computeStatistics } from './statistics/statistic';

export type GradientReport = Required<Pick<ProbeReport, 'modules' | 'gradientShares'>>;

/** Looks at the training step that would come next: one evaluation with its gradients, beside the run and not in it. */
export class GradientProbe {
  private constructor(
    private readonly analysis: Analysis,
    private readonly engine: Engine,
    private readonly data: HostArrays,
    private compiled: GradientProgram,
    private executable: Executable,
    private clocks: string,
  ) {}

  /** Fails with the errors of the analysis, or when data cannot be loaded. Engine failures throw. */
  static async create(
    analysis: Analysis,
    engine: Engine,
    source: DataSource,
  ): Promise<Result<GradientProbe>> {
    const compiled = compileGradients(analysis);
    if (!compiled.ok) return compiled;
    const loaded = await loadData(compiled.value.data, source);
    if (!loaded.ok) return loaded;
    const executable = await engine.compile(compiled.value.program, loaded.value.arrays);
    return success(
      new GradientProbe(analysis, engine, loaded.value.arrays, compiled.value, executable, ''),
    );
  }

  /** One call at a time. `live`: values of live scalars that differ from the document's. */
  async look(
    { step, state }: ModelState,
    live: Readonly<Record<string, number>>,
  ): Promise<GradientReport> {
    await this.countAs(state);
    const { program, modules, ports, terms } = this.compiled;
    this.executable.setLive(live);
    this.executable.writeState(fittingState(program, state), step);
    await this.executable.run(1);
    const outputs = await this.executable.readOutputs();
    const slots = program.state.filter(
      ({ name, purpose }) => purpose === 'optimizer' && isOptimizerSlot(name),
    );
    const isOptimizerKnown = slots.every(({ name }) => state.has(name));
    const norms = rowsOf(outputs.get(GRADIENT_OUTPUT.modules), 3);
    const pulls = rowsOf(outputs.get(GRADIENT_OUTPUT.terms), terms.length);
    return {
      modules: Object.fromEntries(
        modules.map(({ nodeId, label }, row): [string, ModuleReport] => {
          const [gradientNorm = NaN, weightNorm = NaN, move = NaN] = norms[row] ?? [];
          const updateNorm = isOptimizerKnown ? move : null;
          const measured = { gradientNorm, weightNorm, updateNorm };
          return [nodeId, { label, ...computeStatistics(MODULE_STATISTICS, measured) }];
        }),
      ),
      gradientShares: Object.fromEntries(
        ports.flatMap((key, row): [PortKey, Record<string, TermReport>][] => {
          const own = pulls[row] ?? [];
          const total = own.reduce((sum, norm) => sum + norm, 0);
          if (!(total > 0)) return [];
          const shares = terms.map(({ nodeId, label }, column): [string, TermReport] => {
            const measured = { norm: own[column] ?? NaN, total };
            return [nodeId, { label, ...computeStatistics(TERM_STATISTICS, measured) }];
          });
          return [[key, Object.fromEntries(shares)]];
        }),
      ),
    };
  }

  /** The program is that of the run that a state is of: it counts steps as that one does. */
  private async countAs(state: HostArrays): Promise<void> {
    const own = ownClocks(state);
    const clocks = [...own].sort().join();
    if (clocks === this.clocks) return;
    const compiled = compileGradients(this.analysis, own);
    if (!compiled.ok) return;
    const executable = await this.engine.compile(compiled.value.program, this.data);
    this.executable.dispose();
    this.compiled = compiled.value;
    this.executable = executable;
    this.clocks = clocks;
  }

  dispose(): void {
    this.executable.dispose();
  }
}

function rowsOf(values: HostArray | undefined, columns: number): number[][] {
  const count = values ? values.length / columns : 0;
  return Array.from({ length: count }, (_, row) => [
    ...(values?.subarray(row * columns, (row + 1) * columns) ?? []),
  ]);
}
