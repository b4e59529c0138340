// `npm run bench`: what our constructs cost, as ratios to plain cdk8s-plus-28 measured in the same run: medians, with the
// spread (25th to 75th percentile). Times are those of the processor, so that other work on the machine hardly counts;
// absolute ones depend on the machine, the ratios hardly do.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiled = spawnSync(join(root, 'node_modules/.bin/jsii'), [], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
if (compiled.status !== 0) process.exit(1);

const require = createRequire(import.meta.url);
const { App, Chart, Size, Yaml } = require('cdk8s');
const kplus = require('cdk8s-plus-28');
const { Access, DebugProfile, DebugSidecar, SharedPidPod } = require(root);
const { accessMatrix } = require(join(root, 'lib/access/access-matrix.js'));
const { leastPrivilege } = require(join(root, 'lib/access/least-privilege.js'));

const app = { name: 'app', image: 'app:1', resources: {}, securityContext: { user: 1000, group: 1000 } };
const debug = {
  name: 'debug',
  image: 'busybox:1.37.0',
  imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
  resources: { cpu: { request: kplus.Cpu.millis(10) }, memory: { request: Size.mebibytes(32), limit: Size.mebibytes(256) } },
  securityContext: { ensureNonRoot: false },
};

/** What is worked out, written by hand: longer than `debug`. */
const debugByHand = {
  ...debug,
  command: ['sh', '-c', 'trap "exit 0" TERM INT; while :; do sleep 86400 & wait "$!"; done'],
  securityContext: {
    user: 1000, group: 1000, ensureNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] },
    seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
  },
};
const intent = '{"access":["list-processes","read-arguments","read-environment","read-files","signal"],"targets":["app"],"sidecar":"debug"}';

/** The same two-container pod, plain and with our constructs. */
const VARIANTS = {
  plain: (chart, i) => new kplus.Pod(chart, `pod${i}`, { containers: [app, debug] }),
  plainComputed: (chart, i) => new kplus.Pod(chart, `pod${i}`, {
    metadata: { annotations: { 'intent.cdk8s-shared-pid/debug': intent } }, containers: [app, debugByHand],
  }),
  ours: (chart, i) => {
    const pod = new SharedPidPod(chart, `pod${i}`, { containers: [app] });
    new DebugSidecar(pod, 'debug', { profile: DebugProfile.GENERAL });
  },
  // its rights are worked out from the pod, and judged again on what is written
  computed: (chart, i) => {
    const pod = new SharedPidPod(chart, `pod${i}`, { containers: [app] });
    new DebugSidecar(pod, 'debug');
  },
};

/** Seconds of processor time to build, synthesize and write `count` pods as YAML text. */
function seconds(variant, count) {
  const chart = new Chart(new App(), 'bench');
  const start = process.cpuUsage();
  for (let i = 0; i < count; i++) VARIANTS[variant](chart, i);
  Yaml.stringify(...chart.toJson());
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

const sorted = numbers => [...numbers].sort((a, b) => a - b);
const quantile = (numbers, q) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * q))];
const spread = (numbers, digits) => `${quantile(numbers, 0.5).toFixed(digits)} (${quantile(numbers, 0.25).toFixed(digits)} to ${quantile(numbers, 0.75).toFixed(digits)})`;

function report(title, value, goal, met) {
  console.log(`${title.padEnd(66)} ${value.padEnd(24)} goal ${goal}: ${met ? 'met' : 'MISSED'}`);
  if (!met) process.exitCode = 1;
}

const ROUNDS = 31;
const PODS = 300;
for (let i = 0; i < 5; i++) for (const variant of Object.keys(VARIANTS)) seconds(variant, PODS); // warm up
const pairs = Array.from({ length: ROUNDS }, (_, round) => {
  // in turn, and in turn first, so that a drift of the machine falls on both
  const order = round % 2 ? ['plain', 'ours', 'plainComputed', 'computed'] : ['computed', 'plainComputed', 'ours', 'plain'];
  return Object.fromEntries(order.map(variant => [variant, seconds(variant, PODS)]));
});
const ratios = pairs.map(({ plain, ours }) => ours / plain);
console.log(`one pod of two containers, build + synth + YAML: plain cdk8s-plus-28 ${spread(pairs.map(({ plain }) => plain / PODS * 1e6), 0)} us, `
  + `with one debug sidecar ${spread(pairs.map(({ ours }) => ours / PODS * 1e6), 0)} us`);
report('pod with one debug sidecar / the same pod in plain cdk8s-plus-28', spread(ratios, 3), '<= 1.15', quantile(ratios, 0.5) <= 1.15);

console.log(`one with a sidecar whose rights are worked out: ${spread(pairs.map(({ computed }) => computed / PODS * 1e6), 0)} us`);
const computedRatios = pairs.map(({ plainComputed, computed }) => computed / plainComputed);
report('pod with one sidecar that is worked out / the same in plain', spread(computedRatios, 3), '<= 1.25', quantile(computedRatios, 0.5) <= 1.25);

/** Microseconds of processor time for one call: of rounds of some milliseconds each. */
function microseconds(run, calls) {
  for (let i = 0; i < calls; i++) run();
  return Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    for (let i = 0; i < calls; i++) run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / calls;
  });
}

const asUser = (uid, add = []) => ({ runAsUser: uid, runAsGroup: uid, capabilities: { drop: ['ALL'], add } });
const podOf = contexts => ({
  shareProcessNamespace: true,
  containers: contexts.map((securityContext, i) => ({ name: `c${i}`, image: `registry.example.com/c${i}:1`, securityContext })),
});
const three = podOf([asUser(1000), {}, asUser(0, ['SYS_PTRACE'])]);
const matrix = microseconds(() => accessMatrix(three), 500);
report('matrix of a pod of 3 containers, us', spread(matrix, 0), '<= 100', quantile(matrix, 0.5) <= 100);

const usual = [Access.LIST_PROCESSES, Access.READ_ARGUMENTS, Access.READ_ENVIRONMENT, Access.READ_FILES, Access.SIGNAL];
const sameUser = podOf(Array(8).fill(asUser(1000)));
const eightUsers = podOf(Array.from({ length: 8 }, (_, i) => asUser(1000 + i)));
for (const [title, pod] of [['one user', sameUser], ['8 users', eightUsers]]) {
  const search = microseconds(() => leastPrivilege(pod, { name: 'debug', accesses: usual, maxLevel: 'privileged' }), 50);
  report(`least privilege for 8 targets of ${title}, us`, spread(search, 0), '<= 1000', quantile(search, 0.5) <= 1000);
}

/** Bytes of the heap that a pod holds once it is written. */
function memory(variant) {
  const chart = new Chart(new App(), 'bench');
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 2000; i++) VARIANTS[variant](chart, i);
  chart.toJson();
  globalThis.gc();
  return (process.memoryUsage().heapUsed - before) / 2000;
}
setFlagsFromString('--expose-gc');
globalThis.gc = runInNewContext('gc');
console.log(`memory of a pod, KiB: ${Object.keys(VARIANTS).map(variant => `${variant} ${(memory(variant) / 1024).toFixed(1)}`).join(', ')}`);

const growth = variant => Array.from({ length: 3 }, () => {
  const small = quantile(Array.from({ length: 3 }, () => seconds(variant, 1000)), 0.5);
  return seconds(variant, 10000) / small;
});
const [plainGrowth, ourGrowth, computedGrowth] = [growth('plain'), growth('ours'), growth('computed')];
console.log(`10,000 pods / 1,000 pods in plain cdk8s-plus-28: ${spread(plainGrowth, 2)}`);
report('10,000 pods / 1,000 pods, with one debug sidecar each', spread(ourGrowth, 2), '<= 11', quantile(ourGrowth, 0.5) <= 11);
report('10,000 pods / 1,000 pods, with one that is worked out each', spread(computedGrowth, 2), '<= 11', quantile(computedGrowth, 0.5) <= 11);

const load = `const ms = start => { const { user, system } = process.cpuUsage(start); return (user + system) / 1e3; };
  const t0 = process.cpuUsage(); require('cdk8s-plus-28'); const plus = ms(t0);
  const t1 = process.cpuUsage(); require(${JSON.stringify(root)}); console.log(plus, ms(t1));`;
const loads = Array.from({ length: 15 }, () => spawnSync(process.execPath, ['-e', load], { cwd: root, encoding: 'utf8' }).stdout.split(' ').map(Number));
console.log(`require('cdk8s-plus-28'): ${spread(loads.map(([plus]) => plus), 1)} ms`);
report("require('cdk8s-shared-pid') on top of it, ms", spread(loads.map(([, ours]) => ours), 1), '<= 10', quantile(loads.map(([, ours]) => ours), 0.5) <= 10);
