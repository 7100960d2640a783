import { Grid3x3, Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { SaveFigure } from '../charts/SaveFigure';
import { DockTools } from '../DockTools';
import { EmptyPanel } from '../EmptyPanel';
import { Button } from '../ui/Button';
import { FaultBar } from '../ui/FaultBar';
import { Diagram } from './Diagram';
import { SweepForm } from './SweepForm';
import { SweepList } from './SweepList';
import styles from './SweepsPanel.module.css';
import { useSweeps, useSweepsActions } from './useSweeps';

/** Many trainings of the open graph, with other values each: what comes of them, as a map. */
export function SweepsPanel() {
  const actions = useSweepsActions();
  const { sweeps, chosen, planning, fault } = useSweeps(({ sweeps, chosen, planning, fault }) => ({
    sweeps,
    chosen,
    planning,
    fault,
  }));
  const map = useRef<HTMLDivElement>(null);
  useEffect(() => actions.watch(), [actions]);
  const sweep = sweeps?.find(({ id }) => id === chosen);
  const isEmpty = sweeps === null || sweeps.length === 0;
  return (
    <div className={styles.panel}>
      {!isEmpty && !planning && (
        <DockTools>
          <Button
            kind="quiet"
            icon={<Plus size={14} strokeWidth={1.75} aria-hidden />}
            onClick={() => actions.plan(true)}
          >
            New sweep
          </Button>
          {sweep !== undefined && (
            <SaveFigure label="Save the map as a picture" parts={() => [map.current]} />
          )}
        </DockTools>
      )}
      <FaultBar fault={fault} onDismiss={actions.dismissFault} />
      {planning ? (
        <SweepForm />
      ) : isEmpty ? (
        <EmptyPanel
          icon={<Grid3x3 size={20} strokeWidth={1.5} aria-hidden />}
          title={sweeps === null ? 'The sweeps are being read' : 'No sweeps yet'}
          actions={sweeps !== null && <Button onClick={() => actions.plan(true)}>New sweep</Button>}
        >
          Train the graph at every combination of one or two parameters, with several seeds, and see
          where it collapses: a map of verdicts, or of any statistic.
        </EmptyPanel>
      ) : (
        <div className={styles.parts}>
          <SweepList sweeps={sweeps} chosen={chosen} />
          <div ref={map} className={styles.map}>
            {sweep !== undefined && <Diagram key={sweep.id} sweep={sweep} />}
          </div>
        </div>
      )}
    </div>
  );
}
