import { Cpu, Zap } from 'lucide-react';
import { formatNumber } from '../../core/formatNumber';
import type { EngineSummary } from '../../panels/run/runStore';
import { useRun } from '../../panels/run/useRun';
import { Menu, MenuChoice, MenuLabel, MenuSeparator, MenuText } from '../../panels/ui/Menu';
import type { EngineChoice } from '../../../workers/protocol';
import { useApp } from '../useApp';
import styles from './TopBar.module.css';

const CHOICES: readonly { value: EngineChoice; label: string; hint: string }[] = [
  { value: 'auto', label: 'Automatic', hint: 'Whichever is faster on this machine for this graph' },
  { value: 'webgpu', label: 'WebGPU', hint: 'Compiled to the GPU' },
  { value: 'tfjs', label: 'TensorFlow.js', hint: 'Portable: WebAssembly, in every browser' },
  { value: 'reference', label: 'Reference', hint: 'Plain float64, slow: to check the others by' },
];

/** What computes, and how fast; opens the choice of engine. */
export function EngineBadge() {
  const { actions } = useApp();
  const { engine, engineChoice, stepsPerSecond } = useRun(
    ({ engine, engineChoice, stepsPerSecond }) => ({ engine, engineChoice, stepsPerSecond }),
  );
  const Icon = engine?.name === 'webgpu' && !engine.software ? Zap : Cpu;
  return (
    <Menu
      align="center"
      width={320}
      trigger={
        <button
          type="button"
          className={styles.engine}
          data-tip={engine === null ? 'Engine: chosen at the first run' : engine.description}
          data-testid="engine"
        >
          <Icon size={14} strokeWidth={1.75} aria-hidden />
          <span>{engine === null ? labelOf(engineChoice) : shortName(engine)}</span>
          {stepsPerSecond !== null && (
            <span className={styles.rate} data-testid="rate">
              {formatNumber(Number(stepsPerSecond.toPrecision(3)))}
              <span className={styles.unit}> steps</span>/s
            </span>
          )}
        </button>
      }
    >
      {engine !== null && (
        <>
          <MenuLabel>{engine.description}</MenuLabel>
          <MenuText>{engine.reason}</MenuText>
          <MenuSeparator />
        </>
      )}
      <MenuLabel>Compute with</MenuLabel>
      <MenuChoice value={engineChoice} onChange={actions.chooseEngine} options={CHOICES} />
    </Menu>
  );
}

function labelOf(choice: EngineChoice): string {
  return CHOICES.find(({ value }) => value === choice)?.label ?? choice;
}

function shortName({ name, backend }: EngineSummary): string {
  if (name === 'webgpu') return 'WebGPU';
  return name === 'tfjs' ? `TF.js ${backend}` : 'Reference';
}
