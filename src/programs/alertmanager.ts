import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * Prometheus Alertmanager. A Go program: QUIT prints the goroutines and ends it; signals without a meaning are swallowed.
 */
export const ALERTMANAGER_FACTS: ProgramFacts = {
  name: 'Alertmanager',
  comm: ['alertmanager'],
  signals: [
    { signal: Signal.HUP, effects: ['reload'] },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.USR1, effects: [] },
    { signal: Signal.USR2, effects: [] },
    { signal: Signal.WINCH, effects: [] },
  ],
  reload: Signal.HUP,
  noReopen: 'It writes its log to standard error. Take no rotation for it',
  brokenReload: 'stays',
  configTest: ['amtool', 'check-config', '{config}'],
  images: [
    {
      repositories: ['docker.io/prom/alertmanager', 'quay.io/prometheus/alertmanager'],
      user: 65534,
      group: 65534,
      processes: [{ name: 'main' }],
      configuration: '/etc/alertmanager/alertmanager.yml',
      logSymlinks: [],
      source: 'prometheus/alertmanager@68fb2d575 (2026-08-22) Dockerfile',
    },
  ],
  measured: 'Alertmanager 0.25.0 (Debian 12, 2026-11-24)',
  sources: [
    'https://prometheus.io/docs/alerting/latest/configuration/',
  ],
};
