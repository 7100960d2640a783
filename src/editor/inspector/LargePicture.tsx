import { useEffect, useRef, useState } from 'react';
import type { NodePicture } from '../../compiler/programs/nodePictures';
import type { NodeView } from '../model/nodeView';
import { NodePictureView } from '../pictures/NodePictureView';

/** The node's picture as large as the inspector is wide. */
export function LargePicture({ view, picture }: { view: NodeView; picture: NodePicture }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      setWidth(Math.floor(entry?.contentRect.width ?? 0));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} data-category={view.category}>
      {width > 0 && (
        <NodePictureView
          nodeId={view.id}
          label={view.label}
          picture={picture}
          width={width}
          size="large"
        />
      )}
    </div>
  );
}
