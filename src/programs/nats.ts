import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * NATS server. A Go program: QUIT prints the goroutines and ends it; signals without a meaning are swallowed.
 * USR2 is the lame duck mode: no new clients, then the end.
 */
export const NATS_FACTS: ProgramFacts = {
  name: 'NATS server',
  comm: ['nats-server'],
  signals: [
    { signal: Signal.HUP, effects: ['reload'] },
    { signal: Signal.USR1, effects: ['reopen'] },
    { signal: Signal.USR2, effects: ['stop'], does: 'sends the clients elsewhere, then ends it (lame duck mode)' },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.WINCH, effects: [] },
  ],
  reload: Signal.HUP,
  reopen: Signal.USR1,
  brokenReload: 'stays',
  configTest: ['nats-server', '-t', '-c', '{config}'],
  images: [
    {
      repositories: ['docker.io/library/nats'],
      tag: 'alpine',
      user: 0,
      group: 0,
      processes: [{ name: 'main' }],
      configuration: '/etc/nats/nats-server.conf',
      logSymlinks: [],
      source: 'nats-io/nats-docker@aa0caa5 (2026-08-12) 2.11.x/scratch/Dockerfile and 2.10.x/alpine3.22/Dockerfile: no USER',
    },
    {
      repositories: ['docker.io/library/nats'],
      user: 0,
      group: 0,
      processes: [{ name: 'main' }],
      configuration: '/nats-server.conf',
      logSymlinks: [],
      source: 'nats-io/nats-docker@aa0caa5 (2026-08-12) 2.11.x/scratch/Dockerfile: no USER',
    },
  ],
  measured: 'NATS server 2.9.10 (Debian 12, 2026-11-24)',
  sources: [
    'https://docs.nats.io/running-a-nats-service/nats_admin/signals',
  ],
};
