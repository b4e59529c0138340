import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * Eclipse Mosquitto. Started as root it becomes the user of its configuration without an exec and stays not dumpable. HUP changes nothing of
 * the listeners (mosquitto.conf(5)).
 */
export const MOSQUITTO_FACTS: ProgramFacts = {
  name: 'Mosquitto',
  comm: ['mosquitto'],
  signals: [
    { signal: Signal.HUP, effects: ['reload', 'reopen'] },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.USR1, effects: [], does: 'writes the database to disk' },
    { signal: Signal.USR2, effects: [], does: 'prints the subscription tree' },
    { signal: Signal.WINCH, effects: [] },
  ],
  reload: Signal.HUP,
  reopen: Signal.HUP,
  brokenReload: 'stays',
  images: [
    {
      repositories: ['docker.io/library/eclipse-mosquitto'],
      user: 0,
      group: 0,
      processes: [{ name: 'main', becomes: { uid: 1883, gid: 1883 } }],
      configuration: '/mosquitto/config/mosquitto.conf',
      logSymlinks: [],
      source: 'eclipse-mosquitto/mosquitto@7b8aba10 (2026-06-30) docker/2.1-alpine/Dockerfile',
    },
  ],
  measured: 'Mosquitto 2.0.11 (Debian 12, 2026-11-24)',
  sources: [
    'https://mosquitto.org/man/mosquitto-8.html',
    'https://mosquitto.org/man/mosquitto-conf-5.html',
  ],
};
