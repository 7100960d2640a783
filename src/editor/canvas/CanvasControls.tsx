import { Panel } from '@xyflow/react';
import { Images, Maximize, Minus, Plus, Workflow } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Command } from '../commands/command';
import { usePictures, usePicturesState } from '../pictures/pictures';
import { keyCaps } from '../shortcuts/keys';
import { IconButton } from '../ui/IconButton';
import styles from './Canvas.module.css';

const BUTTONS: readonly (readonly [string, LucideIcon])[] = [
  ['view.zoomIn', Plus],
  ['view.zoomOut', Minus],
  ['view.fit', Maximize],
  ['arrange.layout', Workflow],
];

/** Zoom, fit and automatic layout, at the lower left. */
export function CanvasControls({ commands }: { commands: readonly Command[] }) {
  const pictures = usePictures();
  const isOn = usePicturesState((state) => state.isOn);
  return (
    <Panel position="bottom-left" className={styles.controls}>
      {BUTTONS.map(([id, Icon]) => {
        const command = commands.find((one) => one.id === id);
        if (command === undefined) return null;
        const [keys] = command.keys ?? [];
        return (
          <IconButton
            key={id}
            label={command.title}
            {...(keys === undefined ? {} : { keys: keyCaps(keys).join(' ') })}
            disabled={(command.disabled?.() ?? null) !== null}
            onClick={command.run}
          >
            <Icon size={15} strokeWidth={1.75} aria-hidden />
          </IconButton>
        );
      })}
      {pictures !== null && (
        <IconButton label="Pictures on nodes" pressed={isOn} onClick={() => pictures.setOn(!isOn)}>
          <Images size={15} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
    </Panel>
  );
}
