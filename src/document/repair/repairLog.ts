import type { Diagnostic } from '../../core/diagnostic';
import { nearestName } from '../../core/nearestName';
import { clip } from '../clip';
import type { JsonObject } from '../json';

/** More repairs than a person would read are only counted. */
const SHOWN_REPAIRS = 50;
const SHOWN_UNKNOWN_FIELDS = 5;

export type RepairPlace = Pick<Diagnostic, 'nodeId' | 'edgeId' | 'path'>;

/** Collects what was changed in a damaged document, for the user to read. */
export class RepairLog {
  private readonly repairs: Diagnostic[] = [];
  private unlisted = 0;
  private readonly unknownFields: string[] = [];

  repaired(message: string, place: RepairPlace): void {
    if (this.repairs.length < SHOWN_REPAIRS) {
      this.repairs.push({ code: 'document.repaired', severity: 'warning', message, ...place });
    } else {
      this.unlisted++;
    }
  }

  /**
   * Notes the fields of `object` that this version knows nothing of; they are left out. One that is called nearly as a field that is
   * missing is likely meant as that.
   */
  ignoreUnknown(object: JsonObject, known: readonly string[], path: string): void {
    const missing = known.filter((key) => !Object.hasOwn(object, key));
    for (const key of Object.keys(object)) {
      if (known.includes(key)) continue;
      const near = nearestName(key, missing);
      const name = path === '' ? key : `${path}.${key}`;
      if (near === null) this.unknownFields.push(name);
      else {
        const message = `Basin knows no “${clip(name, 60)}”, and it was left out. Did you mean “${near}”?`;
        this.repaired(message, { path: name });
      }
    }
  }

  diagnostics(): Diagnostic[] {
    const all = [...this.repairs];
    if (this.unlisted > 0) {
      all.push({
        code: 'document.repaired',
        severity: 'warning',
        message: `${this.unlisted} more repairs of the same sorts were made.`,
      });
    }
    const unknown = this.unknownFields.length;
    if (unknown > 0) {
      const names = this.unknownFields.slice(0, SHOWN_UNKNOWN_FIELDS).map((name) => clip(name, 60));
      const rest = unknown > names.length ? ` and ${unknown - names.length} more` : '';
      all.push({
        code: 'document.repaired',
        severity: 'info',
        message: `${unknown === 1 ? 'A field that Basin does not know was' : `${unknown} fields that Basin does not know were`} left out: ${names.join(', ')}${rest}.`,
      });
    }
    return all;
  }
}

/** A value as it is named in a message: short, and never a whole subtree. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return clip(JSON.stringify(value) ?? typeof value, 60);
}
