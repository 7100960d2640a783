import { memo } from 'react';
import type { BoxMember, BoxView } from '../../model/boxView';
import { outlinePath } from '../../model/outlinePath';
import styles from './BoxNode.module.css';

/** Around what is drawn, on the canvas. */
const MARGIN = 16;

/** What is in a box, small: the shapes of its nodes in their colours, and their wires. */
export const BoxPicture = memo(function BoxPicture({
  box,
  width,
  height,
}: {
  box: BoxView;
  width: number;
  height: number;
}) {
  const members = box.members.filter(({ category }) => category !== 'note');
  const byId = new Map(members.map((member) => [member.id, member]));
  return (
    <svg
      className={styles.picture}
      width={width - 2}
      height={height}
      viewBox={viewBox(members)}
      aria-hidden
    >
      {box.wires.map(([source, target], index) => {
        const [from, to] = [byId.get(source), byId.get(target)];
        return from && to ? <path key={index} className={styles.wire} d={wire(from, to)} /> : null;
      })}
      {members.map(({ id, category, outline, place }) => (
        <path
          key={id}
          className={styles.shape}
          data-category={category}
          data-outline={outline}
          d={outlinePath(outline, place.width, place.height)}
          transform={`translate(${place.x} ${place.y})`}
        />
      ))}
    </svg>
  );
});

function viewBox(members: readonly BoxMember[]): string {
  if (members.length === 0) return '0 0 1 1';
  const places = members.map(({ place }) => place);
  const left = Math.min(...places.map(({ x }) => x)) - MARGIN;
  const top = Math.min(...places.map(({ y }) => y)) - MARGIN;
  const right = Math.max(...places.map(({ x, width }) => x + width)) + MARGIN;
  const bottom = Math.max(...places.map(({ y, height }) => y + height)) + MARGIN;
  return `${left} ${top} ${right - left} ${bottom - top}`;
}

function wire({ place: from }: BoxMember, { place: to }: BoxMember): string {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const bend = Math.max(24, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
