// `npm run test:languages [typescript python java go]`: uses the packed artifacts of dist/ from an app in each language. The
// example must write the same bytes as the TypeScript one, and consumer.* print the same lines. What is missing on this machine
// is said in one line and counts as skipped. Last line: `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const example = join(root, 'examples', 'share-process-namespace');
const dist = join(root, 'dist');
const work = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-languages-'));
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-shared-pid');
const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
const count = { passed: 0, failed: 0, skipped: 0 };
const CHECKS = ['the example writes the same bytes', 'the API gives the same results', 'an error arrives readable'];

function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: work, env, encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} (${status ?? error})\n${stdout ?? ''}${stderr ?? ''}`);
  return stdout;
}

const has = (command, ...args) => spawnSync(command, args.length ? args : ['--version'], { stdio: 'ignore' }).status === 0;
const version = name => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
const folder = name => {
  const path = join(work, name);
  mkdirSync(path, { recursive: true });
  return path;
};
const lines = text => Object.fromEntries(text.split('\n').filter(line => line.includes('\t')).map(line => line.split('\t')));
const find = (path, suffix) => readdirSync(path, { recursive: true }).map(String).filter(name => name.endsWith(suffix)).map(name => join(path, name));

/** Each: what is missing (or undefined), and `use()`: {outdir, output} of the example and the consumer. */
const LANGUAGES = {
  typescript: {
    missing: () => undefined,
    use() {
      const app = folder('typescript');
      writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', version: '1.0.0', private: true }));
      const packages = ['cdk8s', 'cdk8s-plus-28', 'constructs', 'cdk8s-cli', 'tsx'].map(name => `${name}@${version(name)}`);
      run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...packages, ...find(join(dist, 'js'), '.tgz')], { cwd: app });
      for (const file of ['main.ts', 'cdk8s.yaml']) cpSync(join(example, file), join(app, file));
      run(join(app, 'node_modules', '.bin', 'cdk8s'), ['synth', '--no-check-upgrade'], { cwd: app, env: { ...env, PATH: `${join(app, 'node_modules', '.bin')}:${env.PATH}` } });
      cpSync(join(here, 'typescript', 'consumer.cjs'), join(app, 'consumer.cjs'));
      return { outdir: join(app, 'dist'), output: run('node', ['consumer.cjs'], { cwd: app }) };
    },
  },
  python: {
    missing: () => has('python3', '-c', 'import venv, ensurepip') ? undefined : 'python3 with venv',
    use() {
      const app = folder('python');
      run('python3', ['-m', 'venv', join(app, 'venv')]);
      const python = join(app, 'venv', 'bin', 'python');
      run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...find(join(dist, 'python'), '.whl')]);
      run(python, [join(example, 'main.py')], { cwd: app });
      return { outdir: join(app, 'dist'), output: run(python, [join(here, 'python', 'consumer.py')], { cwd: app }) };
    },
  },
  java: {
    missing: () => has('mvn') && has('javac') ? undefined : 'mvn and a JDK',
    use() {
      const app = folder('java');
      const classpath = join(app, 'classpath');
      run('mvn', ['-q', '-B', '-f', join(here, 'java', 'dependencies.xml'), 'dependency:build-classpath', `-Dmdep.outputFile=${classpath}`]);
      const plus = find(join(cache, `maven-cdk8s-plus-28-${version('cdk8s-plus-28')}`), '.jar');
      const ours = find(join(dist, 'java'), '.jar').filter(jar => !/-(javadoc|sources)\.jar$/.test(jar));
      const path = [app, ...ours, ...plus.filter(jar => !/-(javadoc|sources)\.jar$/.test(jar)), readFileSync(classpath, 'utf8').trim()].join(':');
      run('javac', ['-nowarn', '-proc:none', '-d', app, '-cp', path, join(example, 'Main.java'), join(here, 'java', 'Consumer.java')]);
      run('java', ['-cp', path, 'Main'], { cwd: app });
      return { outdir: join(app, 'dist'), output: run('java', ['-cp', path, 'Consumer'], { cwd: app }) };
    },
  },
  go: {
    missing: () => has('go', 'version') ? undefined : 'go',
    use() {
      // the Go modules of the dependencies are not on every proxy: they are made from the npm packages
      const generated = folder('generated');
      const projects = ['constructs', 'cdk8s', 'cdk8s-plus-28'].map(name => join('node_modules', name));
      run(join(root, 'node_modules', '.bin', 'jsii-pacmak'), ['--code-only', '--target', 'go', '--outdir', generated, ...projects], { cwd: root });
      const outputs = {};
      for (const [name, source] of [['example', join(example, 'main.go')], ['consumer', join(here, 'go', 'consumer.go')]]) {
        const app = folder(`go-${name}`);
        cpSync(source, join(app, 'main.go'));
        writeFileSync(join(app, 'go.mod'), readFileSync(join(here, 'go', 'go.mod.template'), 'utf8')
          .replaceAll('@GENERATED@', join(generated, 'go')).replaceAll('@DIST@', join(dist, 'go'))
          .replaceAll('@CDK8S@', version('cdk8s')).replaceAll('@PLUS@', version('cdk8s-plus-28')).replaceAll('@JSII@', version('jsii-pacmak')));
        run('go', ['mod', 'tidy'], { cwd: app });
        run('go', ['build', '-o', 'app', '.'], { cwd: app });
        outputs[name] = run(join(app, 'app'), [], { cwd: app });
      }
      return { outdir: join(work, 'go-example', 'dist'), output: outputs.consumer };
    },
  },
};

function check(title, problem) {
  count[problem ? 'failed' : 'passed']++;
  console.log(`${problem ? 'FAILED' : 'ok'}: ${title}${problem ? `\n${problem}` : ''}`);
}

const wanted = process.argv.slice(2).filter(name => name in LANGUAGES);
const languages = wanted.length ? wanted : Object.keys(LANGUAGES);
const PACKAGES = { typescript: 'js', python: 'python', java: 'java', go: 'go' };
try {
  const stale = languages.filter(name => !process.env.PACKAGED || !existsSync(join(dist, PACKAGES[name])));
  if (stale.length) run('node', [join(root, 'projenrc', 'package-all.mjs'), ...stale.map(name => PACKAGES[name])], { cwd: root, stdio: 'inherit' });

  // what TypeScript writes, from the sources
  run('node', [join(root, 'examples', 'run.mjs')], { cwd: root });
  const manifest = 'share-process-namespace.k8s.yaml';
  const expected = readFileSync(join(example, 'dist', manifest), 'utf8');
  let reference; // what the consumer of the npm package prints
  for (const name of languages) {
    const missing = LANGUAGES[name].missing();
    if (missing) {
      console.log(`${name}: skipped: it needs ${missing}`);
      count.skipped += CHECKS.length;
      continue;
    }
    const start = Date.now();
    try {
      const { outdir, output } = LANGUAGES[name].use();
      const written = readFileSync(join(outdir, manifest), 'utf8');
      check(`${name}: ${CHECKS[0]}`, written === expected ? undefined : written);
      const kept = join(example, 'dist', name); // `npm run oracle` asks about them
      mkdirSync(kept, { recursive: true });
      writeFileSync(join(kept, manifest), written);
      const said = lines(output);
      const { error, spec, ...rest } = said;
      // maps of other languages come in any order
      const results = { ...rest, spec: parse((spec ?? '').replaceAll('\\n', '\n')) };
      reference ??= results;
      const same = Object.keys(results).length === 3 && isDeepStrictEqual(results, reference);
      check(`${name}: ${CHECKS[1]}`, same ? undefined : JSON.stringify([results, reference], undefined, 1));
      const readable = "mixin/api/debug: target 'nope' is no container of the pod. It has 'main'.";
      check(`${name}: ${CHECKS[2]}`, error?.includes(readable) ? undefined : `expected ${readable}\ngot ${error}`);
    } catch (error) {
      check(`${name}`, String(error.message).slice(-4000));
    }
    console.log(`${name}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
  }
} finally {
  spawnSync('chmod', ['-R', 'u+w', work]); // Go's module cache is read-only
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = count.failed ? 1 : 0;
console.log(`\n${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`);
