// `npm run oracle`: asks the API server's own code about every manifest that the project has and records the answers, which
// `npm test` reads. A manifest that the server refuses or warns about fails, unless its first lines announce it.
//
//   npm run oracle                  writes the records anew, removes those without a manifest
//   npm run oracle -- --check       fails where a record is not what the server says now; writes nothing
//   npm run oracle -- --golden      also: test/data/debug-profiles.json and yaml-reading.json are what this kubectl does
//   npm run oracle -- FILE ...      these files too (or folders of them), not recorded: another language's output
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  contentHash, findFiles, formatRecord, MANIFESTS, OUTPUT, problems, readRecord, removeRecord, staleRecords, writeRecord,
} from '../test/oracle/recorded-answers.ts';
import { buildProgram, kubernetesRelease, Missing } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const flags = process.argv.slice(2).filter(argument => argument.startsWith('--'));
const unknown = flags.filter(flag => !['--check', '--golden'].includes(flag));
if (unknown.length) throw new Error(`unknown: ${unknown.join(' ')}`);
const check = flags.includes('--check');
const golden = flags.includes('--golden');
const count = { passed: 0, failed: 0, skipped: 0 };

const recorded = findFiles(root, MANIFESTS);
const others = [...findFiles(root, OUTPUT), ...process.argv.slice(2).filter(argument => !argument.startsWith('--')).flatMap(named)];

try {
  checkManifests();
  if (golden) checkDebugProfiles();
  if (golden) checkYamlReading();
} catch (problem) {
  if (!(problem instanceof Missing)) throw problem;
  console.log(`oracle: skipped: ${problem.message}`);
  count.skipped = recorded.length + others.length + (golden ? 2 : 0);
}
process.exitCode = count.failed ? 1 : 0;
console.log(`\n${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`);

function checkManifests() {
  const kubernetes = kubernetesRelease();
  const answers = ask([...recorded, ...others]);
  for (const manifest of [...recorded, ...others]) {
    const text = readFileSync(resolve(root, manifest), 'utf8');
    const found = problems(text, answers.get(manifest) ?? []);
    if (recorded.includes(manifest)) {
      const record = { kubernetes, sha256: contentHash(text), answers: answers.get(manifest) ?? [] };
      const before = readRecord(root, manifest);
      if (!before || formatRecord(before) !== formatRecord(record)) {
        if (check) found.push('the recorded answer is not what the server says now: run npm run oracle');
        else writeRecord(root, manifest, record);
      }
    }
    report(manifest, found);
  }
  for (const stale of staleRecords(root, recorded)) {
    if (check) report(stale, ['is the record of a manifest that is not there: run npm run oracle']);
    else {
      removeRecord(root, stale);
      console.log(`removed ${stale}: its manifest is not there`);
    }
  }
}

/** What the server says to the objects of each file. */
function ask(files) {
  const answers = new Map(files.map(file => [file, []]));
  for (const line of run(buildProgram('api-server'), files).trim().split('\n').filter(Boolean)) {
    const { source, ...answer } = JSON.parse(line);
    const kept = Object.entries(answer).filter(([, value]) => !Array.isArray(value) || value.length > 0);
    answers.get(source).push(Object.fromEntries(kept));
  }
  return answers;
}

function checkDebugProfiles() {
  const file = 'test/data/debug-profiles.json';
  const same = run(buildProgram('debug-profiles'), []) === readFileSync(join(root, file), 'utf8');
  report(file, same ? [] : ['is not what this kubectl does: see oracle/debug-profiles/main.go']);
}

function checkYamlReading() {
  const file = 'test/data/yaml-reading.json';
  const text = readFileSync(join(root, file), 'utf8');
  const lines = text.trim().split('\n').map(line => JSON.parse(line)[0]);
  const same = run(buildProgram('yaml-reading'), [], `${lines.join('\n')}\n`) === text;
  report(file, same ? [] : ['is not what this kubectl reads: see oracle/yaml-reading/main.go']);
}

function run(program, args, input = '') {
  const { error, status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 30, input });
  if (error) throw error;
  if (status !== 0) throw new Error(`${basename(program)} failed: ${stderr}`);
  return stdout;
}

function report(what, found) {
  count[found.length ? 'failed' : 'passed']++;
  if (found.length) console.log(`FAILED: ${what}\n${found.map(text => `  ${text}`).join('\n')}`);
}

/** A file that was named, or the YAML files of a folder. */
function named(path) {
  const shown = p => relative(root, p).startsWith('..') ? p : relative(root, p);
  const full = resolve(path);
  if (!statSync(full).isDirectory()) return [shown(full)];
  return findFiles(resolve(full, '..'), [`${basename(full)}/**/*.yaml`, `${basename(full)}/**/*.yml`]).map(file => shown(resolve(full, '..', file)));
}
