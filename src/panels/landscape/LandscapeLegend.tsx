import { useLayoutEffect, useRef } from 'react';
import styles from './LandscapeLegend.module.css';
import { LANDSCAPE_LAYERS, type LandscapeLayer, type LayerSource } from './layers';
import { useLandscape, useLandscapeActions } from './useLandscape';
import { viridis } from './viridis';

/** What lies over the landscape; each can be taken away. */
export function LandscapeLegend({ source }: { source: LayerSource }) {
  const hidden = useLandscape(({ look }) => look.hidden);
  const { setLook } = useLandscapeActions();
  const toggle = (id: string): void => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    setLook({ hidden: next });
  };
  return (
    <div className={styles.legend} role="group" aria-label="Over the landscape">
      {LANDSCAPE_LAYERS.map((layer) => {
        const label = layer.label(source);
        if (label === null) return null;
        return (
          <button
            key={layer.id}
            type="button"
            className={styles.entry}
            aria-pressed={!hidden.has(layer.id)}
            onClick={() => toggle(layer.id)}
          >
            <Swatch layer={layer} />
            <span className={styles.name}>{label}</span>
          </button>
        );
      })}
    </div>
  );
}

const WIDTH = 24;
const HEIGHT = 16;

function Swatch({ layer }: { layer: LandscapeLayer }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = window.devicePixelRatio;
    element.width = WIDTH * ratio;
    element.height = HEIGHT * ratio;
    context.scale(ratio, ratio);
    // Layers are made to be seen on the colours of a landscape.
    const [red, green, blue] = viridis(0.3);
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.roundRect(0, 0, WIDTH, HEIGHT, 3);
    context.fill();
    layer.swatch(context);
  }, [layer]);
  return <canvas ref={canvas} className={styles.swatch} aria-hidden />;
}
