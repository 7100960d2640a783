import { ContextMenu } from 'radix-ui';
import { Fragment, useEffect, useRef } from 'react';
import type { Command } from '../commands/command';
import { isTextField } from '../shortcuts/isTextField';
import { EMPTY_SELECTION, selectionOf } from '../store/selection';
import type { EditorStore } from '../store/editorState';
import { useEditor, useEditorStore } from '../store/useEditor';
import { Kbd } from '../ui/Kbd';
import styles from '../ui/Menu.module.css';
import { MENU_ITEMS, menuTarget } from './menuItems';

interface CanvasMenuProps {
  /** Null until it is there. */
  readonly canvas: HTMLElement | null;
  readonly commands: readonly Command[];
}

/** What tells of a resting finger, before a browser tells of a right click, if it does. */
const POINTER_EVENTS = ['pointerdown', 'pointermove', 'pointercancel', 'pointerup'] as const;

/**
 * What can be done with what is under the pointer, by right click, by a long press, or for the selection by key. What is
 * not selected yet is selected by that, so that commands mean it.
 *
 * It comes after the canvas, and so lies beside it instead of around it: its trigger hears again what the canvas hears.
 */
export function CanvasMenu({ canvas, commands }: CanvasMenuProps) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const trigger = useRef<HTMLSpanElement>(null);
  const chosen = useRef<Command | null>(null);
  const pressed = useRef<Element | null>(null);
  const held = useRef(false);

  useEffect(() => {
    if (canvas === null || readOnly) return;
    const select = (target: Element): void => selectUnder(target, store);
    const aim = (event: MouseEvent): void => {
      const { target } = event;
      pressed.current = null;
      // The browser's own: for text, and beside the graph.
      if (isTextField(target) || !isOfGraph(target)) return;
      select(target);
      const isTaken = !trigger.current?.dispatchEvent(new PointerEvent(event.type, event));
      if (isTaken) event.preventDefault();
    };
    const press = (event: PointerEvent): void => {
      const { type, pointerType, target } = event;
      if (type === 'pointerdown') {
        held.current = false;
        pressed.current = null;
      }
      if (pointerType === 'mouse') return;
      if (type === 'pointerdown') {
        if (isTextField(target) || !isOfGraph(target)) return;
        pressed.current = target;
      }
      trigger.current?.dispatchEvent(new PointerEvent(type, event));
    };
    // Lifting the finger is no tap beside the menu, which would close it.
    const lift = (event: TouchEvent): void => {
      if (held.current) event.preventDefault();
    };
    canvas.addEventListener('contextmenu', aim);
    canvas.addEventListener('touchend', lift, { capture: true, passive: false });
    for (const type of POINTER_EVENTS) canvas.addEventListener(type, press, true);
    return () => {
      canvas.removeEventListener('contextmenu', aim);
      canvas.removeEventListener('touchend', lift, true);
      for (const type of POINTER_EVENTS) canvas.removeEventListener(type, press, true);
    };
  }, [canvas, readOnly, store]);

  /** Some browsers tell of no right click when a finger rests. */
  const aimByTouch = (): void => {
    held.current = pressed.current !== null;
    if (pressed.current !== null) selectUnder(pressed.current, store);
  };

  return (
    <ContextMenu.Root modal={false} onOpenChange={(open) => open && aimByTouch()}>
      <ContextMenu.Trigger ref={trigger} hidden disabled={readOnly} />
      <ContextMenu.Portal>
        <ContextMenu.Content
          className={styles.menu}
          collisionPadding={8}
          data-canvas-menu=""
          // Letters go to its items here, not to shortcuts.
          onKeyDown={(event) => event.stopPropagation()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusSelection(store.getState().selection);
            // What opens a dialog gives it the keyboard, which the menu no longer takes back.
            chosen.current?.run();
            chosen.current = null;
          }}
        >
          <Items commands={commands} onChoose={(command) => (chosen.current = command)} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Items(props: { commands: readonly Command[]; onChoose: (command: Command) => void }) {
  const { commands, onChoose } = props;
  const { selection } = useEditorStore().getState();
  const parts = MENU_ITEMS[menuTarget(selection)];
  return parts.map((ids, index) => (
    <Fragment key={ids.join()}>
      {index > 0 && <ContextMenu.Separator className={styles.separator} />}
      {ids.map((id) => {
        const command = commands.find((one) => one.id === id);
        if (command === undefined) return null;
        const reason = command.disabled?.() ?? null;
        const [keys] = command.keys ?? [];
        return (
          <ContextMenu.Item
            key={id}
            className={styles.item}
            disabled={reason !== null}
            onSelect={() => onChoose(command)}
            {...(reason !== null && { 'data-tip': reason })}
          >
            <span className={styles.text}>{command.title}</span>
            {keys !== undefined && <Kbd keys={keys} />}
          </ContextMenu.Item>
        );
      })}
    </Fragment>
  ));
}

function isOfGraph(target: EventTarget | null): target is Element {
  return target instanceof Element && target.closest('.react-flow__pane') !== null;
}

function selectUnder(target: Element, store: EditorStore): void {
  const item = target.closest('.react-flow__node, .react-flow__edge');
  const id = item?.getAttribute('data-id');
  if (!item || id == null) {
    store.select(EMPTY_SELECTION);
    return;
  }
  const { nodes, groups, edges } = store.getState().selection;
  if (nodes.has(id) || groups.has(id) || edges.has(id)) return;
  if (item.matches('.react-flow__edge')) store.select(selectionOf({ edges: [id] }));
  else if (item.matches('.react-flow__node-graph')) store.select(selectionOf({ nodes: [id] }));
  else store.select(selectionOf({ groups: [id] }));
}

/** The keyboard goes back to what the menu was about. */
function focusSelection({ nodes, groups, edges }: ReturnType<typeof selectionOf>): void {
  const [id] = [...nodes, ...groups, ...edges];
  const element =
    id === undefined
      ? document.querySelector<HTMLElement>('.react-flow__pane')
      : document.querySelector<HTMLElement | SVGElement>(
          `:is(.react-flow__node, .react-flow__edge)[data-id="${id}"]`,
        );
  element?.focus({ preventScroll: true });
}
