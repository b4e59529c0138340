import { readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { evaluate } from '../../src/safeguards/evaluate';
import { findFiles, MANIFESTS } from '../oracle/recorded-answers';

// What our constructs write must not be what our own rules refuse.
const root = join(__dirname, '..', '..');
const golden = findFiles(root, MANIFESTS).filter(path => path.startsWith('test/manifests/') || path.startsWith('examples/'));

test('there are such manifests', () => {
  expect(golden.length).toBeGreaterThan(20);
});

test.each(golden)('%s has no error', path => {
  const text = readFileSync(join(root, path), 'utf8');
  const documents = parseAllDocuments(text).map(document => document.toJS());
  const found = documents.flatMap(document => evaluate(document, { documents, touched: true }));
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(found.filter(({ message }) => message.includes('the rule failed'))).toEqual([]);
});
