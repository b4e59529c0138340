import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Yaml } from 'cdk8s';
import { Output } from '../../src/cli/explain';
import { run } from '../../src/cli/main';
import { Random } from '../random';

// Texts of any kind: the command answers, or says in one line what cannot be read. It never throws and shows no stack.

/** A longer run: `FUZZ_TEXTS=20000 FUZZ_SEED=3 npx jest test/cli/hostile-texts.test.ts`. */
const TEXTS = Number(process.env.FUZZ_TEXTS ?? 400);
const SEED = Number(process.env.FUZZ_SEED ?? 7);

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Names that something may read, in the right place or in a wrong one. */
const KEYS = [
  'apiVersion', 'kind', 'metadata', 'name', 'namespace', 'annotations', 'labels', 'spec', 'template', 'jobTemplate', 'items', 'containers', 'initContainers',
  'ephemeralContainers', 'targetContainerName', 'image', 'restartPolicy', 'shareProcessNamespace', 'hostPID', 'hostUsers', 'os', 'runtimeClassName', 'securityContext',
  'runAsUser', 'runAsGroup', 'runAsNonRoot', 'privileged', 'capabilities', 'add', 'drop', 'seccompProfile', 'appArmorProfile', 'seLinuxOptions', 'type', 'level',
  'volumes', 'volumeMounts', 'hostPath', 'path', 'mountPath', 'readOnly', 'fsGroup', 'supplementalGroups', 'sysctls', 'command', 'args', 'env', 'ports', 'resources',
  'intent.cdk8s-shared-pid/debug', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '', ' ', '0', '<<', '\u001b[2J', '|', '\u202e', 'a\nb',
];
const VALUES: readonly unknown[] = [
  'Pod', 'Deployment', 'CronJob', 'List', 'v1', 'apps/v1', 'batch/v1', 'app', 'nginx:1.27', 'ALL', 'SYS_PTRACE', 'KILL', 'CAP_KILL', 'RuntimeDefault', 'Always', 'windows',
  true, false, null, 0, -0, 1, -1, 1000, 65535, 2 ** 31, 2 ** 53, 1e300, 1.5, '1000', 'true', '0x10', '~', '*a', '&a', '!!binary x', '%YAML 1.2', '---', '...', '`', '|', '>',
  '\u001b]0;title\u0007', '\u0000', '\ud800', '\ufeff', '\u2028', '__proto__', '{{ .Values.x }}', '$(X)', 'a: b', '# x', 'x'.repeat(300), [], {}, [null], [[]],
];

/** A pod that can be read, as most texts begin. */
function manifest(random: Random): unknown {
  const id = () => random.pick([0, 1000, 101, undefined]);
  const spec = () => ({
    shareProcessNamespace: true,
    containers: random.list(3, () => ({
      name: random.pick(['app', 'debug', 'proxy']),
      image: random.pick(['nginx:1.27', 'redis:7', 'a']),
      securityContext: { runAsUser: id(), runAsGroup: id(), capabilities: { drop: ['ALL'], add: [random.pick(['KILL', 'SYS_PTRACE'])] } },
    })),
  });
  const metadata = { name: 'web' };
  switch (random.pick(['Pod', 'Deployment', 'CronJob', 'List'])) {
    case 'Pod': return { apiVersion: 'v1', kind: 'Pod', metadata, spec: spec() };
    case 'Deployment': return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template: { metadata, spec: spec() } } };
    case 'CronJob': return { apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: { jobTemplate: { spec: { template: { spec: spec() } } } } };
    default: return { apiVersion: 'v1', kind: 'List', items: random.list(3, () => ({ apiVersion: 'v1', kind: 'Pod', metadata, spec: spec() })) };
  }
}

function junk(random: Random, depth = 0): unknown {
  if (depth > 4 || random.chance(0.5)) return random.pick(VALUES);
  if (random.chance(0.4)) return random.list(3, () => junk(random, depth + 1));
  return Object.fromEntries(random.list(4, () => [random.pick(KEYS), junk(random, depth + 1)]));
}

/** The tree with some of its values replaced by junk, left out, or put under another name. */
function spoiled(random: Random, value: unknown): unknown {
  if (random.chance(0.04)) return junk(random);
  if (Array.isArray(value)) return value.map(item => spoiled(random, item));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(() => !random.chance(0.02));
  return Object.fromEntries(kept.map(([key, child]) => [random.chance(0.02) ? random.pick(KEYS) : key, spoiled(random, child)]));
}

const PIECES = [
  '\n', ' ', '\t', ':', ': ', '- ', '? ', '{', '}', '[', ']', '"', "'", '&a ', '*a', '<<: *a', '!!set ', '!!int ', '!<tag:x> ', '|', '>-\n', '#', '%TAG ! x\n', '---\n', '...\n', '@', '`',
  '\u0000', '\u0007', '\u001b[31m', '\u0085', '\u2028', '\ufeff', '\ud83d', '\\', '\\x', '\\u0000', ',', '0o17', '1_000', '.inf', '.nan', '2001-01-01', 'null', '~', 'key: &a [*a]\n',
];

/** The text with pieces put in, cut out, doubled or exchanged. */
function mangled(random: Random, text: string): string {
  let result = text;
  for (let n = random.list(4, () => 0).length; n > 0; n--) {
    const [from, to] = [random.fraction(), random.fraction()].map(part => Math.floor(part * result.length)).sort((a, b) => a - b);
    const near = Math.min(to, from + 40);
    switch (random.pick(['in', 'in', 'out', 'twice', 'end'])) {
      case 'in': result = result.slice(0, from) + random.pick(PIECES) + result.slice(from); break;
      case 'out': result = result.slice(0, from) + result.slice(near); break;
      case 'twice': result = result.slice(0, near) + result.slice(from); break;
      default: result = result.slice(0, to);
    }
  }
  return result;
}

function hostileText(random: Random): string {
  if (random.chance(0.08)) return random.list(60, () => random.pick(random.chance(0.6) ? PIECES : KEYS)).join('');
  const document = () => random.chance(0.3) ? junk(random) : random.chance(0.8) ? spoiled(random, manifest(random)) : manifest(random);
  const documents = [0, ...random.list(1, () => 0)].map(document);
  const text = random.chance(0.5) ? documents.map(value => JSON.stringify(value) ?? '').join('\n---\n') : Yaml.stringify(...documents);
  return random.chance(0.5) ? mangled(random, text) : text;
}

const FORMATS = ['text', 'markdown', 'json'];

/** What is wrong with what was printed; undefined when nothing is. */
function complaint(args: readonly string[], { stdout, stderr, code }: Output, codes: readonly number[]): string | undefined {
  const isJson = args.includes('json');
  if (!codes.includes(code)) return `exit code ${code}`;
  if (/^\s+at .*[:(]\d+|node_modules|TypeError|RangeError|Maximum call/m.test(stdout.replace(/\\u/g, '') + stderr)) return 'a stack';
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(stdout + stderr)) return 'a control character';
  if (code === 2) return stdout === '' && /^cdk8s-shared-pid: [^\n]+\n$/.test(stderr) ? undefined : 'no sentence, or half a report';
  if (isJson) return Array.isArray(JSON.parse(stdout).pods) ? undefined : 'no pods in the JSON';
  return stdout.length > 0 ? undefined : 'nothing';
}

test(`${TEXTS} hostile texts (seed ${SEED})`, () => {
  const random = new Random(SEED);
  const counts = { 0: 0, 1: 0, 2: 0 } as { [code: number]: number };
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  let before = file('before.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {shareProcessNamespace: true, containers: [{name: app}]}\n');
  for (let i = 0; i < TEXTS; i++) {
    const text = hostileText(random);
    const path = file(`${i % 2}.yaml`, text);
    const explain = ['explain', path, '--format', random.pick(FORMATS)];
    const diff = ['diff', before, path, '--format', random.pick(['text', 'markdown'])];
    const [explained, compared] = ([[explain, [0, 2]], [diff, [0, 1, 2]]] as const).map(([args, codes]) => {
      let said: string | undefined;
      try {
        const output = run(args);
        said = complaint(args, output, codes);
        if (said === undefined) return output.code;
      } catch (error) {
        said = (error as Error).stack;
      }
      throw new Error(`text ${i} of seed ${SEED}, ${args[0]}: ${said}\n${JSON.stringify(text)}`);
    });
    counts[explained]++;
    if (compared !== 2) before = path;
    else if (before === join(folder, `${(i + 1) % 2}.yaml`)) before = file('before.yaml', 'apiVersion: v1\nkind: Pod\nspec: {}\n');
  }
  // neither all of it readable nor all of it not
  expect(counts[0] > TEXTS / 4 && counts[2] > TEXTS / 10 ? [] : counts).toEqual([]);
}, 60_000 + TEXTS * 100);
