import { Cpu, Zap } from 'lucide-react';
import { formatNumber } from '../../core/formatNumber';
import { useRun } from '../../panels/run/useRun';
import { Menu, MenuChoice, MenuLabel, MenuSeparator, MenuText } from '../../panels/ui/Menu';
import { engineOptions, labelOfChoice } from '../engineOptions';
import { useApp } from '../useApp';
import styles from './TopBar.module.css';

/** What computes, and how fast; opens the choice of engine. */
export function EngineBadge() {
  const { actions } = useApp();
  const { engine, engineChoice, stepsPerSecond } = useRun(
    ({ engine, engineChoice, stepsPerSecond }) => ({ engine, engineChoice, stepsPerSecond }),
  );
  const Icon = engine?.runsKernels === true && !engine.software ? Zap : Cpu;
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
          <span>{engine === null ? labelOfChoice(engineChoice) : engine.badge}</span>
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
      <MenuChoice value={engineChoice} onChange={actions.chooseEngine} options={engineOptions()} />
    </Menu>
  );
}
