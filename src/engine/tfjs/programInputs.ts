import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defined } from '../../core/invariant';
import { elementCount, type Program, type StatePack } from '../../ir/types';
import type { HostArrays } from '../engine';
import { initialState } from '../initialState';
import { reshape, type Kernels } from './kernels';
import { packMembers, type PackMember } from './packMembers';

/** The tensors of a program's data, state and live scalars. It owns them. */
export class ProgramInputs {
  private readonly tensors = new Map<string, TensorInfo>();
  /** Arrays of the state that lie in packs. They are there only once somebody has asked since the last update. */
  private readonly members: ReadonlyMap<string, PackMember>;
  private readonly live = new Map<string, number>();

  /** The state starts as the program's initializers say. */
  constructor(
    private readonly kernels: Kernels,
    private readonly program: Program,
    data: HostArrays,
  ) {
    this.members = packMembers(program);
    for (const { name, shape, dtype } of program.data) {
      const values = defined(data.get(name), `data ${name}`);
      this.tensors.set(inputKey('data', name), kernels.upload(values, shape, dtype));
    }
    for (const spec of program.state) {
      const tensor = kernels.upload(initialState(spec), spec.shape, spec.dtype);
      this.tensors.set(inputKey('state', spec.name), tensor);
    }
    for (const pack of program.packs ?? []) this.joinPack(pack);
    for (const { name, initial } of program.live) this.putLive(name, initial);
  }

  /** The tensor of an input, borrowed; that of a pack's member is copied out of the pack when it is not there. */
  get(role: string, name: string): TensorInfo {
    const key = inputKey(role, name);
    const found = this.tensors.get(key);
    if (found) return found;
    const { pack, start, shape } = defined(this.members.get(name), `${role} ${name}`);
    const whole = this.get('state', pack);
    const size = elementCount(shape);
    const part = this.kernels.run('Slice', { x: whole }, { begin: [start], size: [size] });
    const made = reshape(part, shape);
    this.tensors.set(key, made);
    return made;
  }

  /** Names that the program does not have are ignored. */
  setLive(values: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(values)) {
      const current = this.live.get(name);
      if (current !== undefined && !Object.is(current, value)) this.putLive(name, value);
    }
  }

  /** Overwrites the state arrays that are given. */
  writeState(arrays: HostArrays): void {
    for (const { name, shape, dtype } of this.program.state) {
      const values = arrays.get(name);
      if (values) this.replace('state', name, this.kernels.upload(values, shape, dtype));
    }
    for (const pack of this.program.packs ?? []) {
      if (pack.members.some((member) => arrays.has(member))) this.joinPack(pack);
    }
  }

  /** Takes over the new state of a step: the tensors, with their references, by name. */
  update(updates: readonly (readonly [name: string, tensor: TensorInfo])[]): void {
    for (const [name, tensor] of updates) this.replace('state', name, tensor);
    for (const pack of this.program.packs ?? []) {
      if (this.program.updates.has(pack.name)) this.dropMembers(pack);
    }
  }

  release(): void {
    for (const tensor of this.tensors.values()) this.kernels.release(tensor);
    this.tensors.clear();
  }

  /** Makes the array of a pack from its members'. */
  private joinPack(pack: StatePack): void {
    const parts = pack.members.map((member) => {
      const tensor = this.get('state', member);
      return reshape(tensor, [elementCount(tensor.shape)]);
    });
    this.replace('state', pack.name, this.kernels.run('Concat', parts, { axis: 0 }));
    this.dropMembers(pack);
  }

  private dropMembers({ members }: StatePack): void {
    for (const member of members) {
      const key = inputKey('state', member);
      const tensor = this.tensors.get(key);
      if (tensor) this.kernels.release(tensor);
      this.tensors.delete(key);
    }
  }

  private putLive(name: string, value: number): void {
    this.live.set(name, value);
    this.replace('live', name, this.kernels.upload([value], [], 'f32'));
  }

  private replace(role: 'state' | 'live', name: string, tensor: TensorInfo): void {
    const key = inputKey(role, name);
    const old = this.tensors.get(key);
    if (old) this.kernels.release(old);
    this.tensors.set(key, tensor);
  }
}

function inputKey(role: string, name: string): string {
  return `${role}:${name}`;
}
