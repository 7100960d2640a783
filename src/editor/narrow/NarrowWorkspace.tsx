import type { ReactNode } from 'react';
import type { Narrow } from './narrow';
import styles from './Narrow.module.css';

interface NarrowWorkspaceProps {
  readonly narrow: Narrow;
  readonly banners: ReactNode;
  /** The canvas with what lies around it. */
  readonly graph: ReactNode;
  readonly run: ReactNode;
  readonly guide: ReactNode;
}

/** The workspace of a phone or a tablet: one view at a time, and their names at the foot. What is hidden keeps its size and place. */
export function NarrowWorkspace({ narrow, banners, graph, run, guide }: NarrowWorkspaceProps) {
  const { view, tabs } = narrow;
  return (
    <>
      <div className={styles.workspace} data-view={view}>
        <div className={styles.banners}>{banners}</div>
        <div className={styles.views}>
          <div className={styles.view} data-shown={view === 'graph'}>
            {graph}
          </div>
          <div className={styles.view} data-shown={view === 'run'}>
            {run}
          </div>
          <div className={styles.view} data-shown={view === 'guide'}>
            {guide}
          </div>
        </div>
      </div>
      {tabs}
    </>
  );
}
