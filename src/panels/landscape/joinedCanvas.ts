/** What canvases of one size look like one over the other. */
export function joinedCanvas(canvases: readonly HTMLCanvasElement[]): HTMLCanvasElement | null {
  const [first] = canvases;
  if (first === undefined) return null;
  const joined = document.createElement('canvas');
  joined.width = first.width;
  joined.height = first.height;
  const context = joined.getContext('2d');
  for (const canvas of canvases) context?.drawImage(canvas, 0, 0);
  return joined;
}
