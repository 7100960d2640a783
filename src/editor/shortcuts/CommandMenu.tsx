import { Command as Menu } from 'cmdk';
import type { Command } from '../commands/command';
import { useUi, useUiStore } from '../store/uiStore';
import { Kbd } from '../ui/Kbd';
import styles from './CommandMenu.module.css';

/** Everything, by name (Ctrl/⌘+K). What cannot be done now stays in the list with the reason. */
export function CommandMenu({ commands }: { commands: readonly Command[] }) {
  const ui = useUiStore();
  const open = useUi((state) => state.commandMenu);
  const shown = commands.filter(({ hidden }) => hidden !== true);
  const sections = [...new Set(shown.map(({ section }) => section))];
  return (
    <Menu.Dialog
      open={open}
      onOpenChange={(commandMenu) => ui.setState({ commandMenu })}
      label="Command menu"
      overlayClassName={styles.overlay}
      contentClassName={styles.dialog}
      loop
    >
      <Menu.Input className={styles.input} placeholder="What do you want to do?" />
      <Menu.List className={styles.list}>
        <Menu.Empty className={styles.empty}>Nothing is called that.</Menu.Empty>
        {open &&
          sections.map((section) => (
            <Menu.Group key={section} heading={section} className={styles.group}>
              {shown
                .filter((command) => command.section === section)
                .map((command) => (
                  <Entry
                    key={command.id}
                    command={command}
                    onRun={() => {
                      ui.setState({ commandMenu: false });
                      command.run();
                    }}
                  />
                ))}
            </Menu.Group>
          ))}
      </Menu.List>
    </Menu.Dialog>
  );
}

function Entry({ command, onRun }: { command: Command; onRun: () => void }) {
  const reason = command.disabled?.() ?? null;
  const [keys] = command.keys ?? [];
  return (
    <Menu.Item
      className={styles.item}
      value={`${command.title} ${command.id}`}
      keywords={command.keywords === undefined ? [] : [command.keywords]}
      disabled={reason !== null}
      onSelect={onRun}
    >
      <span className={styles.title}>{command.title}</span>
      {reason !== null && <span className={styles.reason}>{reason}</span>}
      {keys !== undefined && <Kbd keys={keys} />}
    </Menu.Item>
  );
}
