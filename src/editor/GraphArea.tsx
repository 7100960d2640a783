import type { ReactNode } from 'react';
import { Canvas } from './canvas/Canvas';
import type { Command } from './commands/command';
import styles from './Editor.module.css';
import { ProblemsButton } from './laterParts';
import { ObjectiveBar } from './objective/ObjectiveBar';

export interface GraphAreaProps {
  readonly commands: readonly Command[];
  /** Over an empty canvas. */
  readonly empty: ReactNode;
  /** Before the objective. */
  readonly tools?: ReactNode;
  /** Over the canvas. */
  readonly over?: ReactNode;
}

/** The objective and the problems, and the canvas below them. */
export function GraphArea({ commands, empty, tools, over }: GraphAreaProps) {
  return (
    <main className={styles.middle}>
      <div className={styles.strip}>
        {tools}
        <ObjectiveBar />
        <ProblemsButton />
      </div>
      <div className={styles.canvas}>
        {over}
        <Canvas commands={commands} empty={empty} />
      </div>
    </main>
  );
}
