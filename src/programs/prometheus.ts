import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * Prometheus. A Go program: QUIT prints the goroutines and ends it; signals without a meaning are swallowed.
 */
export const PROMETHEUS_FACTS: ProgramFacts = {
  name: 'Prometheus',
  comm: ['prometheus'],
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
  configTest: ['promtool', 'check', 'config', '{config}'],
  images: [
    {
      repositories: ['docker.io/prom/prometheus', 'quay.io/prometheus/prometheus'],
      user: 65534,
      group: 65534,
      processes: [{ name: 'main' }],
      configuration: '/etc/prometheus/prometheus.yml',
      logSymlinks: [],
      source: 'prometheus/prometheus@b5c61f3e Dockerfile (as stored; the date is not known)',
    },
  ],
  measured: 'Prometheus 2.42.0 (Debian 12, 2026-11-24)',
  sources: [
    'https://prometheus.io/docs/prometheus/latest/configuration/configuration/',
  ],
};
