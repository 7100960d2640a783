import { defined } from '../../core/invariant';
import type { Value } from '../../ir/types';
import type { Remark } from '../../ir/valueNumbering';
import { sizeCode, type BatchSizes } from './extents';
import type { Placement } from './placement';
import { isWhole, list, method, whole, type Printed } from './printed';
import { atom, BINDING } from './python';

/** What values are called where code is being written. */
export interface Surroundings {
  readonly sizes: BatchSizes;
  readonly remarks: ReadonlyMap<number, Remark>;
  placeOf(value: Value): Placement;
  /** The code that reads a value; asks for the code of what it is made of where it has no name. */
  read(value: Value): Printed;
  /** The values that reading this one would compute again have a use elsewhere, or none. */
  isInline(value: Value): boolean;
  state(name: string): string;
  data(name: string): string;
  live(name: string): string;
}

/** How ops are written, and what several of them are called in PyTorch. */
export interface Wording {
  op(value: Value, printer: ValuePrinter, place: Placement): Printed;
  /** Null where the ops are to be written. */
  remark(value: Value, printer: ValuePrinter, remark: Remark): Printed | null;
}

/** Prints values as PyTorch. */
export class ValuePrinter {
  constructor(
    readonly around: Surroundings,
    private readonly wording: Wording,
  ) {}

  /** The op itself, whatever its value is called. */
  print(value: Value): Printed {
    const remark = this.around.remarks.get(value.id);
    const said = remark ? this.wording.remark(value, this, remark) : null;
    return said ?? this.printOp(value);
  }

  /** An operand as its op wants it: the same rows as the result has. */
  operand(value: Value, index: number, place = this.around.placeOf(value)): Printed {
    return this.placed(this.operandOf(value, index), place);
  }

  operandOf(value: Value, index: number): Value {
    return defined(value.operands[index], `operand ${index}`);
  }

  /** A value with the rows that are asked for. */
  placed(value: Value, place: Placement): Printed {
    const here = this.around.placeOf(value);
    if (value.kind === 'iota' && here.of !== 'none') {
      return this.printOp(value, place.of === 'none' ? here : place);
    }
    const read = this.around.read(value);
    if (here.of === 'none' || place.of === 'none') return here.of === 'own' && place.of === 'none' ? this.all(read, here.axis) : read; // prettier-ignore
    if (here.of === 'own' && (place.of === 'all' || place.axis !== here.axis)) {
      const gathered = this.all(read, here.axis);
      return place.of === 'all' ? gathered : this.own(gathered, place.axis);
    }
    if (here.of === 'all' && place.of === 'own') return this.own(read, place.axis);
    return read;
  }

  /** The same with all its axes, as ops that move elements need it. */
  full(value: Value, place: Placement): Printed {
    return this.expanded(value, this.placed(value, place), place);
  }

  expanded(value: Value, printed: Printed, place: Placement): Printed {
    if (isWhole(printed)) return printed;
    const sizes = value.shape.map((_, axis) => this.size(value, axis, place));
    if (printed.isNumber) {
      return whole(value, atom(`full(${list(sizes)}, ${printed.code})`));
    }
    return whole(value, method(printed, 'expand', ...sizes));
  }

  /** The extent of an axis as code. */
  size(value: Value, axis: number, place: Placement): string {
    const extent = defined(this.around.sizes.extents(value)[axis], 'axis');
    return sizeCode(extent, place.of === 'own' && place.axis === axis);
  }

  /** The axis as PyTorch counts it, where axes may be missing at the front. */
  axis({ rank, present }: Printed, axis: number): number {
    return axis - (present.length - rank);
  }

  private all(printed: Printed, axis: number): Printed {
    return this.moved('gathered', printed, axis);
  }

  private own(printed: Printed, axis: number): Printed {
    return this.moved('own_rows', printed, axis);
  }

  private moved(name: string, printed: Printed, axis: number): Printed {
    if (printed.present[axis] !== true) return printed;
    const along = this.axis(printed, axis);
    const more = along === 0 ? '' : `, ${along}`;
    return { ...printed, code: `${name}(${printed.code}${more})`, binding: BINDING.atom };
  }

  private printOp(value: Value, place: Placement = this.around.placeOf(value)): Printed {
    return this.wording.op(value, this, place);
  }
}
