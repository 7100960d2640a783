import { drawnAs, type Views } from '../model/buildViews';
import type { Selection } from '../store/selection';
import type { Point } from '../store/uiStore';

/** Opens the menu of what is selected, as a right click on it would; of the canvas where nothing is. */
export function openMenu({ nodes, groups, edges }: Selection, views: Views, at: Point): void {
  const [item] = [...nodes, ...groups].map((id) => drawnAs(views, id));
  const [edge] = edges;
  const element =
    (item !== undefined && document.querySelector(`.react-flow__node[data-id="${item}"]`)) ||
    (edge !== undefined && document.querySelector(`.react-flow__edge[data-id="${edge}"]`)) ||
    document.querySelector('.react-flow__pane');
  if (!element) return;
  const box = element.getBoundingClientRect();
  const place = element.matches('.react-flow__pane')
    ? at
    : { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  element.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      clientX: place.x,
      clientY: place.y,
    }),
  );
}
