import type { PointPainter, PointScene, PointView } from './pointScene';

/** Each point is a square of fragments, of which its shape keeps some. Depth is from −1 at the back to 1 in front. */
const VERTEX = `#version 300 es
layout(location = 0) in vec3 place;
layout(location = 1) in vec4 look;
layout(location = 2) in float mark;
uniform vec4 across;
uniform vec4 down;
uniform vec4 depth;
uniform vec2 size;
uniform float pointSize;
uniform float steppedBack;
uniform float isSpace;
out vec4 colour;
flat out float shape;
flat out float side;
void main() {
  vec4 point = vec4(place, 1.0);
  float near = clamp(dot(depth, point), -1.0, 1.0);
  vec2 pixel = vec2(dot(across, point), dot(down, point));
  gl_Position = vec4(2.0 * pixel / size - 1.0, -0.98 * near, 1.0);
  gl_Position.y = -gl_Position.y;
  side = pointSize * (1.0 + 0.35 * mark) * (1.0 + 0.3 * isSpace * near);
  gl_PointSize = side;
  float alpha = mark > 0.5 ? 1.0 : mix(0.92, 0.16, steppedBack);
  colour = vec4(look.rgb, alpha * (1.0 - 0.35 * isSpace * (0.5 - 0.5 * near)));
  shape = floor(look.a * 255.0 + 0.5);
}`;

/** Distances from the edge of a shape within the square ±1, below 0 inside. */
const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 colour;
flat in float shape;
flat in float side;
out vec4 result;
void main() {
  vec2 p = 2.0 * gl_PointCoord - 1.0;
  vec2 q = abs(p);
  float edge = length(p) - 0.8;
  if (shape == 1.0) edge = max(q.x, q.y) - 0.7;
  if (shape == 2.0) edge = max(0.87 * q.x - 0.5 * p.y, p.y) - 0.52;
  if (shape == 3.0) edge = 0.75 * (q.x + q.y) - 0.72;
  if (shape == 4.0) edge = min(max(q.x - 0.9, q.y - 0.3), max(q.x - 0.3, q.y - 0.9));
  float alpha = colour.a * clamp(0.5 - 0.5 * side * edge, 0.0, 1.0);
  if (alpha < 0.02) discard;
  result = vec4(colour.rgb * alpha, alpha);
}`;

const ATTRIBUTES = [
  { location: 0, components: 3 },
  { location: 1, components: 4 },
  { location: 2, components: 1 },
] as const;
const UNIFORMS = [
  'across',
  'down',
  'depth',
  'size',
  'pointSize',
  'steppedBack',
  'isSpace',
] as const;

interface Pipeline {
  readonly program: WebGLProgram;
  readonly uniforms: ReadonlyMap<string, WebGLUniformLocation | null>;
  readonly buffers: readonly WebGLBuffer[];
}

/** Null where there is no WebGL 2. A lost context is built anew when the browser gives it back. */
export function gpuPainter(canvas: HTMLCanvasElement): PointPainter | null {
  const gl = canvas.getContext('webgl2', { antialias: false, premultipliedAlpha: true });
  if (!gl) return null;
  let pipeline = makePipeline(gl);
  if (!pipeline) return null;
  let scene: PointScene | null = null;
  let seen: PointView | null = null;

  const load = (): void => {
    if (!pipeline || !scene) return;
    [scene.places, scene.looks, scene.marks].forEach((values, index) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, pipeline?.buffers[index] ?? null);
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
    });
  };
  const draw = (view: PointView): void => {
    seen = view;
    const { width, height } = view.size;
    const ratio = window.devicePixelRatio;
    resize(canvas, Math.round(width * ratio), Math.round(height * ratio));
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    if (!pipeline || !scene || scene.count === 0) return;
    const { uniforms } = pipeline;
    const at = (name: (typeof UNIFORMS)[number]): WebGLUniformLocation | null => uniforms.get(name) ?? null; // prettier-ignore
    gl.useProgram(pipeline.program);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    if (scene.isSpace) gl.enable(gl.DEPTH_TEST);
    else gl.disable(gl.DEPTH_TEST);
    gl.uniform4fv(at('across'), view.projection.slice(0, 4));
    gl.uniform4fv(at('down'), view.projection.slice(4, 8));
    gl.uniform4fv(at('depth'), view.projection.slice(8, 12));
    gl.uniform2f(at('size'), width, height);
    gl.uniform1f(at('pointSize'), view.pointSize * ratio);
    gl.uniform1f(at('steppedBack'), scene.hasMarks ? 1 : 0);
    gl.uniform1f(at('isSpace'), scene.isSpace ? 1 : 0);
    gl.drawArrays(gl.POINTS, 0, scene.count);
  };
  const onLost = (event: Event): void => {
    event.preventDefault();
    pipeline = null;
  };
  const onRestored = (): void => {
    pipeline = makePipeline(gl);
    load();
    if (seen) draw(seen);
  };
  canvas.addEventListener('webglcontextlost', onLost);
  canvas.addEventListener('webglcontextrestored', onRestored);
  return {
    kind: 'webgl2',
    setScene(next) {
      scene = next;
      load();
    },
    draw,
    dispose() {
      canvas.removeEventListener('webglcontextlost', onLost);
      canvas.removeEventListener('webglcontextrestored', onRestored);
      for (const buffer of pipeline?.buffers ?? []) gl.deleteBuffer(buffer);
      gl.deleteProgram(pipeline?.program ?? null);
    },
  };
}

function makePipeline(gl: WebGL2RenderingContext): Pipeline | null {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) return null;
  const buffers = ATTRIBUTES.map(({ location, components }) => {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    const isBytes = location > 0;
    const type = isBytes ? gl.UNSIGNED_BYTE : gl.FLOAT;
    // Colours and shapes as parts of 255; a mark as it is.
    gl.vertexAttribPointer(location, components, type, location === 1, 0, 0);
    gl.enableVertexAttribArray(location);
    return buffer;
  });
  const uniforms = new Map(UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)]));
  return { program, uniforms, buffers };
}

function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
}
