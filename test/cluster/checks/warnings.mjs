// The page's warnings: who can read the app's secrets, as docs and the measured table say. The app runs as 1000:1000.
import assert from 'node:assert/strict';

export async function* checks({ cluster, apply }) {
  const namespace = await apply('warnings');
  await cluster.kubectl(namespace, 'wait', 'pod/pod', '--for=condition=Ready', '--timeout=60s');
  // [n] keeps the search from finding itself
  const pid = "pid=$(ps -o pid,args | grep -- '--password=[i]n' | grep -v grep | awk '{print $1; exit}'); ";
  const read = async (container, script) => (await cluster.run('kubectl', ['-n', namespace, 'exec', 'pod', '-c', container, '--', 'sh', '-c', pid + script])).output;

  for (const [container, environment, files, signal] of [
    // same UID and GID, no capability: all of it
    ['same-user', true, true, true],
    ['other-user', false, false, false],
    // root without capabilities is another user like any other
    ['root-drop-all', false, false, false],
    // SYS_PTRACE, with DAC_OVERRIDE and KILL of the default set
    ['general', true, true, true],
  ]) {
    yield [`${container}: arguments are seen`, async () => assert.match(await read(container, 'cat /proc/$pid/cmdline'), /--password=in-an-argument/)];
    yield [`${container}: environment ${environment ? 'read' : 'denied'}`, async () => {
      const output = await read(container, 'cat /proc/$pid/environ');
      assert.equal(output.includes('PASSWORD=in-the-environment'), environment);
      if (!environment) assert.match(output, /Permission denied/);
    }];
    yield [`${container}: files through /proc/PID/root ${files ? 'read' : 'denied'}`, async () => {
      assert.equal((await read(container, 'cat /proc/$pid/root/etc/passwd')).includes('app:x:1000'), files);
    }];
    yield [`${container}: signal ${signal ? 'sent' : 'denied'}`, async () => {
      assert.equal((await read(container, 'kill -0 $pid && echo sent')).includes('sent'), signal);
    }];
  }
}
