import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonical';
import { readDocument } from '../read';
import { DOCUMENT_VERSION } from '../schema';
import { MIGRATIONS, type Migration } from './index';
import { migrate } from './migrate';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const versions = Array.from({ length: DOCUMENT_VERSION }, (_, index) => index + 1);

function stored(version: number): string {
  return readFileSync(join(FIXTURES, `v${version}.json`), 'utf8');
}

describe('stored documents', () => {
  it('there is one of every version', () => {
    const names = readdirSync(FIXTURES).sort();
    expect(names).toEqual(versions.map((version) => `v${version}.json`).sort());
    for (const version of versions) expect(JSON.parse(stored(version)).version).toBe(version);
  });

  it('migrations lead from each version to the next', () => {
    expect(MIGRATIONS.map(({ from, to }) => [from, to])).toEqual(
      versions.slice(0, -1).map((version) => [version, version + 1]),
    );
  });

  it('every one of them loads without repair, and every migration runs', () => {
    const ran = new Set<number>();
    const watched = MIGRATIONS.map((migration): Migration => ({
      ...migration,
      migrate: (json) => {
        ran.add(migration.from);
        return migration.migrate(json);
      },
    }));
    for (const version of versions) {
      const migrated = migrate(JSON.parse(stored(version)), watched);
      const read = readDocument(migrated.ok ? migrated.value : null);
      expect(read.diagnostics).toEqual([]);
      expect(read.ok).toBe(true);
    }
    expect([...ran].sort()).toEqual(MIGRATIONS.map(({ from }) => from).sort());
  });

  it('one of the current version loads unchanged', () => {
    const text = stored(DOCUMENT_VERSION);
    const result = readDocument(text);
    expect(result.ok && canonicalJson(result.value)).toBe(canonicalJson(JSON.parse(text)));
  });
});

describe('migrate', () => {
  const chain: Migration[] = [
    { from: 1, to: 2, migrate: ({ name, ...rest }) => ({ ...rest, title: name }) },
    { from: 2, to: 3, migrate: (json) => ({ ...json, tags: [json['title']] }) },
  ];

  it('goes from the version of the document to the current one, step by step', () => {
    expect(migrate({ version: 1, name: 'a' }, chain, 3)).toMatchObject({
      ok: true,
      value: { version: 3, title: 'a', tags: ['a'] },
    });
    expect(migrate({ version: 2, title: 'b' }, chain, 3)).toMatchObject({
      value: { version: 3, title: 'b', tags: ['b'] },
    });
    expect(migrate({ version: 1, name: 'a' }, chain, 2)).toMatchObject({
      value: { version: 2, title: 'a' },
    });
  });

  it('leaves documents of the current version, or of none, alone', () => {
    for (const json of [{ version: 3 }, { version: 'old' }, {}]) {
      expect(migrate(json, chain, 3)).toMatchObject({ ok: true, value: json });
    }
  });

  it('refuses when the damage is more than a migration can take', () => {
    const fragile: Migration = {
      from: 1,
      to: 2,
      migrate: (json) => ({ ...json, count: (json['nodes'] as unknown[]).length }),
    };
    const result = migrate({ version: 1 }, [fragile], 2);
    expect(result.ok).toBe(false);
    expect(result.diagnostics[0]?.message).toContain('from version 1 to version 2');
  });
});
