/** Types of locals and parameters, by their codes in the binary format. */
export const TYPE = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type WasmType = keyof typeof TYPE;

const EMPTY_BLOCK = 0x40;

/** Instructions without immediates, as bytes. Source: WebAssembly Core Specification 2.0, 5.4. */
const PLAIN = {
  end: [0x0b],
  'i32.add': [0x6a],
  'i32.and': [0x71],
  'f32.add': [0x92],
  'f32.min': [0x96],
  'f32.max': [0x97],
  'f64.add': [0xa0],
  'f32.demote_f64': [0xb6],
  'f64.promote_f32': [0xbb],
} as const;

/** Vector instructions without immediates: numbers behind the prefix 0xfd. */
const VECTOR = {
  'i32x4.splat': 0x11,
  'f32x4.splat': 0x13,
  'f64x2.splat': 0x14,
  'i32x4.eq': 0x37,
  'i32x4.ne': 0x38,
  'i32x4.lt_s': 0x39,
  'i32x4.gt_s': 0x3b,
  'i32x4.le_s': 0x3d,
  'i32x4.ge_s': 0x3f,
  'f32x4.eq': 0x41,
  'f32x4.ne': 0x42,
  'f32x4.lt': 0x43,
  'f32x4.gt': 0x44,
  'f32x4.le': 0x45,
  'f32x4.ge': 0x46,
  'v128.not': 0x4d,
  'v128.and': 0x4e,
  'v128.or': 0x50,
  'v128.bitselect': 0x52,
  'f64x2.promote_low_f32x4': 0x5f,
  'i8x16.narrow_i16x8_u': 0x66,
  'f32x4.floor': 0x68,
  'f32x4.nearest': 0x6a,
  'i16x8.narrow_i32x4_u': 0x86,
  'i16x8.extend_low_i8x16_u': 0x89,
  'i32x4.abs': 0xa0,
  'i32x4.neg': 0xa1,
  'i32x4.extend_low_i16x8_u': 0xa9,
  'i32x4.shl': 0xab,
  'i32x4.shr_s': 0xac,
  'i32x4.add': 0xae,
  'i32x4.sub': 0xb1,
  'i32x4.mul': 0xb5,
  'i32x4.min_s': 0xb6,
  'i32x4.max_s': 0xb8,
  'f32x4.abs': 0xe0,
  'f32x4.neg': 0xe1,
  'f32x4.sqrt': 0xe3,
  'f32x4.add': 0xe4,
  'f32x4.sub': 0xe5,
  'f32x4.mul': 0xe6,
  'f32x4.div': 0xe7,
  'f32x4.min': 0xe8,
  'f32x4.max': 0xe9,
  'f64x2.add': 0xf0,
  'i32x4.trunc_sat_f32x4_s': 0xf8,
  'f32x4.convert_i32x4_s': 0xfa,
} as const;

export type VectorInstruction = keyof typeof VECTOR;

/** Instructions that read or write at an address plus a constant offset. */
const MEMORY = {
  'i32.load': [0x28],
  'i32.load8_u': [0x2d],
  'f32.load': [0x2a],
  'f64.load': [0x2b],
  'f32.store': [0x38],
  'f64.store': [0x39],
  'i32.store8': [0x3a],
  'v128.load': [0xfd, 0x00],
  'v128.load32_splat': [0xfd, 0x09],
  'v128.load32_zero': [0xfd, 0x5c],
  'v128.store': [0xfd, 0x0b],
} as const;

const LANE = { 'i32x4.extract_lane': 0x1b, 'f32x4.extract_lane': 0x1f, 'f64x2.extract_lane': 0x21 };

export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest = Math.floor(rest / 128);
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

/** The body of one wasm function under construction: its locals and its instructions, in order. */
export class WasmCode {
  private readonly bytes: number[] = [];
  private readonly locals: WasmType[] = [];

  constructor(private readonly parameters: number) {}

  /** A new local, zero at the start of a call; its index. */
  local(type: WasmType): number {
    this.locals.push(type);
    return this.parameters + this.locals.length - 1;
  }

  op(name: keyof typeof PLAIN): this {
    return this.write(...PLAIN[name]);
  }

  vector(name: VectorInstruction): this {
    return this.write(0xfd, ...unsigned(VECTOR[name]));
  }

  memory(name: keyof typeof MEMORY, offset = 0): this {
    // No alignment is promised: 2⁰.
    return this.write(...MEMORY[name], 0, ...unsigned(offset));
  }

  /** Stores the first f32 or i32 of a vector. */
  storeLane32(lane = 0): this {
    return this.write(0xfd, 0x5a, 0, 0, lane);
  }

  lane(name: keyof typeof LANE, index: number): this {
    return this.write(0xfd, LANE[name], index);
  }

  /** The two halves of a vector exchanged; wants the vector twice on the stack. */
  highHalf(): this {
    const order = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];
    return this.write(0xfd, 0x0d, ...order);
  }

  get(local: number): this {
    return this.write(0x20, ...unsigned(local));
  }

  set(local: number): this {
    return this.write(0x21, ...unsigned(local));
  }

  tee(local: number): this {
    return this.write(0x22, ...unsigned(local));
  }

  i32(value: number): this {
    return this.write(0x41, ...signed(value));
  }

  /** Four times the same f32. */
  splat(value: number): this {
    const bytes = new Uint8Array(Float32Array.of(value, value, value, value).buffer);
    return this.write(0xfd, 0x0c, ...bytes);
  }

  /** Four times the same i32. */
  splatInteger(value: number): this {
    const bytes = new Uint8Array(Int32Array.of(value, value, value, value).buffer);
    return this.write(0xfd, 0x0c, ...bytes);
  }

  f32(value: number): this {
    return this.write(0x43, ...new Uint8Array(Float32Array.of(value).buffer));
  }

  f64(value: number): this {
    return this.write(0x44, ...new Uint8Array(Float64Array.of(value).buffer));
  }

  call(index: number): this {
    return this.write(0x10, ...unsigned(index));
  }

  /** Writes zeros; wants the address, 0 and the number of bytes on the stack. */
  fill(): this {
    return this.write(0xfc, 0x0b, 0);
  }

  /** Copies; wants where to, where from and the number of bytes on the stack. */
  copy(): this {
    return this.write(0xfc, 0x0a, 0, 0);
  }

  /** Runs `body` `count` times, at least once. */
  repeat(count: number, body: () => void): void {
    if (count === 1) {
      body();
      return;
    }
    const left = this.local('i32');
    this.i32(count).set(left).write(0x03, EMPTY_BLOCK);
    body();
    this.get(left).i32(-1).op('i32.add').tee(left).write(0x0d, 0).op('end');
  }

  /** The function as an entry of the code section. */
  finish(): number[] {
    const runs: [number, WasmType][] = [];
    for (const type of this.locals) {
      const last = runs.at(-1);
      if (last && last[1] === type) last[0]++;
      else runs.push([1, type]);
    }
    const declared = runs.flatMap(([count, type]) => [...unsigned(count), TYPE[type]]);
    const body = [...unsigned(runs.length), ...declared].concat(this.bytes, PLAIN.end);
    return unsigned(body.length).concat(body);
  }

  private write(...bytes: number[]): this {
    for (const byte of bytes) this.bytes.push(byte);
    return this;
  }
}
