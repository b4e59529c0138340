import { readdirSync } from 'fs';
import { join } from 'path';
import { FIXTURES, findingsOf, fixtures, shown } from './fixtures';
import { SAFEGUARDS } from '../../src/safeguards/registry';
import { Rule } from '../../src/safeguards/rule';
import { Severity } from '../../src/safeguards/severity';

const ids = SAFEGUARDS.map(({ id }) => id);
const files = (folder: string, end: string) => readdirSync(folder).filter(file => file.endsWith(end)).map(file => file.slice(0, -end.length)).sort();
const src = join(__dirname, '..', '..', 'src', 'safeguards', 'rules');

// What a rule has to bring.
test('each rule has a file, fixtures and a page of its name, and none is left over', () => {
  const sorted = [...ids].sort();
  expect(files(src, '.ts')).toEqual(sorted);
  expect(readdirSync(FIXTURES).sort()).toEqual(sorted);
  expect(files(join(__dirname, '..', '..', 'docs', 'reference', 'safeguards'), '.md').filter(page => page !== 'README')).toEqual(sorted);
});

test('each rule is a constant of Rule, in the same order', () => {
  expect(Rule.all().map(({ id }) => id)).toEqual(ids);
  for (const rule of Rule.all()) expect((Rule as any)[rule.id.toUpperCase().replace(/-/g, '_')]).toBe(rule);
});

test('the rule that asks what others acknowledged is the last', () => {
  expect(ids[ids.length - 1]).toBe('unused-acknowledgement');
});

describe.each(SAFEGUARDS.map(safeguard => [safeguard.id, safeguard] as const))('%s', (id, safeguard) => {
  test('has a name and texts that can be shown', () => {
    expect(id).toMatch(/^(?:no|require|drop|prefer)-[a-z0-9-]+$|^(?:broken-promise|qos-class-changed|pod-security-level-lowered|unused-acknowledgement)$/);
    expect(id.length).toBeLessThanOrEqual(40);
    expect(safeguard.title).toMatch(/^[A-Z].{5,70}[^.]$/);
    for (const text of [safeguard.why, safeguard.remediation]) {
      expect(text).toMatch(/^[A-Z`].*\.$/s);
      expect(text).not.toMatch(/\s\s|\n/);
    }
    expect(safeguard.severities).toContain(safeguard.severity);
    expect(safeguard.links.length).toBeGreaterThan(0);
    for (const link of safeguard.links) expect(new URL(link).protocol).toBe('https:');
  });

  test('has manifests that fail and manifests that pass', () => {
    expect(fixtures(id, 'fail').length).toBeGreaterThan(0);
    expect(fixtures(id, 'pass').length).toBeGreaterThan(0);
  });

  test.each(fixtures(id, 'fail').map(fixture => [fixture.file, fixture] as const))('finds exactly what fail/%s says', (_, fixture) => {
    const found = findingsOf(fixture).filter(({ rule }) => rule === id);
    expect(fixture.finds.length).toBeGreaterThan(0);
    expect(found.map(shown).sort()).toEqual([...fixture.finds].sort());
    for (const { message, fix, acknowledged } of found) {
      expect(message).toMatch(/^\S[^\n]*[^.\s]$/);
      expect(fix).toMatch(/^[A-Z`][^\n]*\.$/);
      expect(acknowledged).toBe(false);
    }
  });

  test.each(fixtures(id, 'pass').map(fixture => [fixture.file, fixture] as const))('finds nothing in pass/%s', (_, fixture) => {
    expect(fixture.finds).toEqual([]);
    expect(findingsOf(fixture).filter(({ rule }) => rule === id)).toEqual([]);
  });

  test('says nothing where it is off', () => {
    for (const fixture of fixtures(id, 'fail')) {
      expect(findingsOf(fixture, { severities: { [id]: 'off' } }).filter(({ rule }) => rule === id)).toEqual([]);
    }
  });

  test('has the severity that is set', () => {
    const [fixture] = fixtures(id, 'fail');
    const found = findingsOf(fixture, { severities: { [id]: Severity.INFO }, touched: true }).filter(({ rule }) => rule === id);
    expect(new Set(found.map(({ severity, failsSynth }) => `${severity} ${failsSynth}`))).toEqual(new Set(['info false']));
  });
});
