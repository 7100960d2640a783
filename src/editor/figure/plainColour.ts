/** A colour as every program that reads SVG knows it. */
export interface PlainColour {
  /** `#rrggbb` */
  readonly colour: string;
  /** 0 to 1. */
  readonly opacity: number;
}

const KNOWN = new Map<string, PlainColour>();
let pixel: CanvasRenderingContext2D | null = null;

/** What a CSS colour looks like, in whatever notation it is: the browser paints a pixel with it. */
export function plainColour(css: string): PlainColour {
  const known = KNOWN.get(css);
  if (known) return known;
  pixel ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (pixel === null) return { colour: '#000000', opacity: 1 };
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = css;
  pixel.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = pixel.getImageData(0, 0, 1, 1).data;
  const colour = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  const plain = { colour, opacity: Math.round((alpha / 255) * 1000) / 1000 };
  KNOWN.set(css, plain);
  return plain;
}

/** Attributes of a shape, such as `fill="#ff0000" fill-opacity="0.5"`. */
export function paintAttributes(name: 'fill' | 'stroke', css: string, factor = 1): string {
  if (css === 'none') return `${name}="none"`;
  const { colour, opacity } = plainColour(css);
  const seen = Math.round(opacity * factor * 1000) / 1000;
  return `${name}="${colour}"${seen < 1 ? ` ${name}-opacity="${seen}"` : ''}`;
}
