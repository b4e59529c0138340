// `npm run test:conformance`: src/admission says of every pod what the real Pod Security policy code of the newest Kubernetes
// says, word for word. Needs Go. Prints one closing line, last: "N passed, N failed[, N skipped]".
//
//   npm run test:conformance                            upstream's own pods, the recorded pods, 20,000 random ones, 5,000 with wrong types
//   npm run test:conformance -- --seed 7 --pods 1000    the same random pods again, or fewer, or more
//   npm run test:conformance -- --record                writes test/data/pod-security.json anew, which `npm test` reads
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { buildProgram, fixturesDirectory, kubernetesRelease, Missing } from '../../oracle/build.mjs';
import { podSecurity } from '../../src/admission/pod-security.ts';
import { randomPod } from '../admission/random-pod.ts';
import { controlNames, formatRecorded, podsToRecord, recordedText, verdictOf, visible, writeRecorded } from '../admission/recorded-verdicts.ts';
import { withWrongTypes } from '../admission/wrong-types.ts';
import { Random } from '../random.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({ options: { record: { type: 'boolean' }, seed: { type: 'string' }, pods: { type: 'string' } } });
const seed = natural('seed', options.seed ?? '20261124');
const pods = natural('pods', options.pods ?? '20000');
const SHOWN = 5;
const count = { passed: 0, failed: 0, skipped: 0 };

const steps = [controls, fixtures, recorded, randomPods, wrongTypes];
for (const step of options.record ? [record] : steps) {
  try {
    step();
  } catch (problem) {
    if (!(problem instanceof Missing)) throw problem;
    console.log(`conformance: skipped: ${problem.message}`);
    count.skipped = steps.length;
    break;
  }
}
process.exitCode = count.failed ? 1 : 0;
console.log(`\n${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`);

/** Our controls are the policy's checks: a new one in a new release is noticed. */
function controls() {
  const theirs = theirControls();
  test(`the ${theirs.length} controls`, isDeepStrictEqual(controlNames(), theirs) ? [] : [`ours: ${controlNames()}`, `theirs: ${theirs}`]);
}

function theirControls() {
  return run(['-checks'], '').split('\n').filter(Boolean).map(line => line.split('\t'))
    .map(([id, level, , replaces]) => [id, level, ...new Set(replaces.split(',').filter(Boolean))].join(' ')).sort();
}

/** Upstream's own pods, out of the Go module that holds them. */
function fixtures() {
  const answers = parse(run(['-fixtures', fixturesDirectory()], ''));
  console.log(`${answers.length} pods of upstream`);
  for (const { fixture, allowed, pod, ...answer } of answers) {
    const level = fixture.slice(0, fixture.indexOf('/'));
    const problems = differences([{ title: fixture, pod }], [answer]);
    const { baselineViolations, restrictedViolations } = podSecurity(pod.spec, pod.metadata);
    const ours = (level === 'baseline' ? baselineViolations : restrictedViolations).length === 0;
    if (ours !== allowed) problems.push(`${level} ${ours ? 'admits' : 'forbids'} it`);
    test(fixture, problems, true);
  }
}

function recorded() {
  const same = formatRecorded(recordNow()) === recordedText(root);
  test('test/data/pod-security.json', same ? [] : ['is not what the policy code says now: npm run test:conformance -- --record']);
}

function record() {
  writeRecorded(root, recordNow());
  test('test/data/pod-security.json is written', []);
}

function recordNow() {
  const cases = podsToRecord();
  const answers = ask(cases);
  const undecodable = cases.filter((_, i) => answers[i].error);
  if (undecodable.length) throw new Error(`no pods: ${undecodable.map(({ title }) => title)}`);
  return { kubernetes: kubernetesRelease(), controls: theirControls(), pods: cases.map((recordedCase, i) => ({ ...recordedCase, ...theirVerdict(answers[i]) })) };
}

function randomPods() {
  const random = new Random(seed);
  const cases = Array.from({ length: pods }, (_, i) => ({ title: `random pod ${i}`, pod: randomPod(random) }));
  test(`${pods} random pods, seed ${seed}`, differences(cases, ask(cases)));
}

/** What the server cannot decode is not decodable for us either, and the other way round. */
function wrongTypes() {
  const random = new Random(seed);
  const cases = Array.from({ length: Math.ceil(pods / 4) }, (_, i) => ({ title: `pod with wrong types ${i}`, pod: withWrongTypes(random, randomPod(random)) }));
  const answers = ask(cases);
  const refused = answers.filter(({ error }) => error).length;
  test(`${cases.length} pods with wrong types (${refused} that the server refuses), seed ${seed}`, differences(cases, answers));
}

/** Where we say something else than the policy code. */
function differences(cases, answers) {
  return cases.flatMap(({ title, pod }, i) => {
    const report = podSecurity(pod.spec, pod.metadata);
    const undecodable = report.violations.some(({ control }) => control === 'decoding');
    const ours = undecodable ? 'cannot be decoded' : verdictOf(report);
    const theirs = answers[i].error ? 'cannot be decoded' : theirVerdict(answers[i]);
    return isDeepStrictEqual(ours, theirs) ? [] : [[title, JSON.stringify(pod), `ours:   ${JSON.stringify(ours)}`,
      `theirs: ${JSON.stringify(theirs)} ${answers[i].error ?? ''}`].join('\n  ')];
  });
}

function theirVerdict({ level, psa }) {
  const forbidden = ({ reasons = [], details = [] }) => reasons.map((reason, i) => [reason, details[i]]);
  return { level, baseline: forbidden(psa.baseline), restricted: forbidden(psa.restricted) };
}

function ask(cases) {
  const answers = parse(run(['-jsonl'], cases.map(({ pod }) => JSON.stringify({ apiVersion: 'v1', kind: 'Pod', ...pod })).join('\n')));
  if (answers.length !== cases.length) throw new Error(`${cases.length} pods, ${answers.length} answers`);
  return answers;
}

function parse(lines) {
  return lines.trim().split('\n').map(line => JSON.parse(line));
}

function run(args, input) {
  const { error, status, stdout, stderr } = spawnSync(buildProgram('pod-security'), args, { encoding: 'utf8', maxBuffer: 1 << 30, input });
  if (error) throw error;
  if (status !== 0) throw new Error(`pod-security ${args[0]} failed: ${stderr}`);
  return stdout;
}

function test(title, problems, quiet = false) {
  count[problems.length ? 'failed' : 'passed']++;
  if (problems.length) console.log(`FAILED: ${title} (${problems.length})\n  ${visible(problems.slice(0, SHOWN).join('\n  '))}`);
  else if (!quiet) console.log(`ok: ${title}`);
}

function natural(name, text) {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new Error(`--${name} ${text}: give a whole number from 1`);
  return Number(text);
}
