import { cdk8s, javascript, typescript } from 'projen';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-shared-pid',
  description: 'cdk8s constructs for pods with a shared process namespace: debug and log sidecars with the least privilege that does the job',
  author: 'cdk8s-shared-pid contributors',
  authorAddress: 'maintainers@example.com',
  repositoryUrl: 'https://example.com/cdk8s-shared-pid.git',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  keywords: ['cdk8s', 'constructs', 'kubernetes', 'k8s', 'sidecar', 'debug', 'shareProcessNamespace', 'pod-security'],

  // Toolchain
  packageManager: javascript.NodePackageManager.NPM, // else projen takes yarn classic, unless npm started it
  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(), // runs .projenrc.ts; the default is ts-node
  minNodeVersion: '20.16.0',
  jsiiVersion: '~6.0.16', // projen's default is still ~5.9.0
  typescriptVersion: '~5.9.3', // npm's latest is 7, which jsii, ts-jest and typescript-eslint do not take
  typecheckTests: true, // test/tsconfig.json sets isolatedModules, so ts-jest alone checks no types
  jestOptions: {
    jestVersion: '^30', // also becomes the range of @types/jest: '~30.5' would not resolve
    updateSnapshot: javascript.UpdateSnapshot.NEVER, // the default ALWAYS rewrites snapshots in CI
    passWithNoTests: false,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/languages/', '<rootDir>/test/cluster/',
        // of the log handlers, which no construct uses yet: npm run test:scripts
        '<rootDir>/test/scripts/', '<rootDir>/test/sidecars/scripts/'],
      maxConcurrency: 20, // of `test.concurrent`: those tests mostly wait
      // lib/ and dist/ may hold a copy of package.json from a build
      modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/lib/', '<rootDir>/test/api-baseline/'],
    },
  },

  // Dependencies. The floors are what we compile and test with (jsii asks for it).
  cdk8sVersion: '2.68.12', // cdk8s-plus-28 2.5.6 asks for ^2.68.11, which is not on every registry
  constructsVersion: '10.5.0', // the first with mixins (x.with(...))
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  devDeps: [
    'cdk8s-cli@^2.207.60',
    'cdk8s-plus-33@^2.5.57', // only in tests: our constructs work on the workloads of another cdk8s-plus
    'tsx',
  ],
  bundledDeps: ['yaml@^2.9.1'], // reads manifests on the command line; jsii packages bundle what is not a jsii module
  bin: { 'cdk8s-shared-pid': 'bin/cdk8s-shared-pid' },

  // Publishing targets
  publishToPypi: { distName: 'cdk8s-shared-pid', module: 'cdk8s_shared_pid' },
  publishToMaven: { javaPackage: 'org.cdk8s.sharedpid', mavenGroupId: 'org.cdk8s', mavenArtifactId: 'cdk8s-shared-pid' },
  publishToGo: { moduleName: 'example.com/cdk8s-shared-pid-go', packageName: 'cdk8ssharedpid' },
  publishToNuget: { dotNetNamespace: 'Org.Cdk8s.SharedPid', packageId: 'Org.Cdk8s.SharedPid' },

  // No files that only GitHub reads
  github: false,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,
  sampleCode: false,
  licensed: true,
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'projenrc', 'examples', 'bench'], prettier: false },
});

// jest 30 needs unrs-resolver; the newest release lacks other platforms' builds on some registries, and then
// `npm ci` refuses the lock file that `npm install` has just written.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
project.npmrc.addConfig('fund', 'false');
project.npmrc.addConfig('audit', 'false');

project.eslint?.addRules({
  'import/no-cycle': 'error',
  'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
});
project.eslint?.addOverride({ files: ['test/**', 'bench/**'], rules: { 'max-lines': 'off' } });
project.eslint?.addOverride({ files: ['examples/**'], rules: { 'import/no-unresolved': 'off', 'import/no-extraneous-dependencies': 'off' } });

// Node 20 is past its end of life for jsii: without this, each run prints a banner.
const quietJsii = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
for (const [name, value] of Object.entries(quietJsii)) project.tasks.addEnvironment(name, value);

// projen silences the reserved-word warning of jsii; the names of this API are checked against all five languages.
project.compileTask.reset('jsii --fail-on-warnings');

// Source maps inside the compiled files make the package twice as big and a fifth slower to load.
for (const option of ['inlineSourceMap', 'inlineSources']) project.tryFindObjectFile('tsconfig.json')?.addDeletionOverride(`compilerOptions.${option}`);

// The README's second command: type check, lint and jest, each counted, one closing line at the end.
project.testTask.reset('node test/run.mjs', { receiveArgs: true });
// not through projen, which would say something after the closing line when a test fails
project.setScript('test', 'node test/run.mjs');
project.removeTask('test:update');
project.addTask('test:update', { description: 'Write the golden files again', exec: 'UPDATE_GOLDEN=1 node test/run.mjs', receiveArgs: true });
project.addTask('test:languages', {
  description: 'Use the packed artifacts from Python, Java and Go',
  exec: 'node test/languages/run.mjs',
  receiveArgs: true,
});
project.addTask('test:programs', {
  description: 'Run the programs of the catalog on this machine and check what it says of them (needs root and Debian)',
  exec: 'node test/programs/run.mjs',
  receiveArgs: true,
});
project.addTask('test:cluster', {
  description: 'Run what the constructs write on one real node that is brought up for it, or on the cluster of KUBECONFIG (needs root and Go)',
  exec: 'node test/cluster/run.mjs',
  receiveArgs: true,
});

// The README's first command: through the cdk8s CLI, as a user's pipeline does, from the sources.
project.addTask('example', { description: 'Synthesize the example and print what to type next', exec: 'node examples/run.mjs', receiveArgs: true });
// The command, from the sources; of the package it is bin/cdk8s-shared-pid.
for (const command of ['explain', 'diff', 'check', 'rules']) project.package.setScript(command, `tsx src/cli/main.ts ${command}`);
project.addTask('oracle', {
  description: "Ask the API server's own code about every manifest and record the answers (needs Go)",
  exec: 'tsx oracle/run.mjs',
  receiveArgs: true,
});
project.addTask('test:conformance', {
  description: 'Compare src/admission with the real Pod Security policy code (needs Go)',
  exec: 'tsx test/conformance/run.mjs',
  receiveArgs: true,
});
project.addTask('docs:rules', { description: 'Write docs/reference/safeguards/ from the rules and their fixtures', exec: 'tsx projenrc/rule-docs.mjs' });
project.addTask('test:scripts', {
  description: "Run the sidecars' shell scripts with real writers, users, containers and a full disk; installs what that takes when it may",
  exec: 'node test/scripts/run.mjs',
  receiveArgs: true,
});
project.addTask('bench', { description: 'Compare with plain cdk8s-plus-28', exec: 'node bench/run.mjs', receiveArgs: true });

// Packages of every language; dependencies' own bindings are not packed.
project.packageTask.reset('node projenrc/package-all.mjs', { receiveArgs: true });
project.addTask('check:docs', { description: 'Compile every snippet of the documentation', exec: 'node projenrc/check-docs.mjs', receiveArgs: true });
project.addTask('check:api', { description: 'Fail on breaking API changes', exec: 'node projenrc/check-api.mjs', receiveArgs: true });

project.gitignore.exclude('.jsii.tabl.json', '/examples/*/dist/', '__pycache__/', '/.cache/');
project.npmignore?.exclude('.jsii.tabl.json', '/examples/', '/rosetta/', '/bench/', '/oracle/', '/docs/', '/.ci/', '/.cache/', '/projenrc/', '/ARCHITECTURE.md', '/CONTRIBUTING.md');

project.synth();
