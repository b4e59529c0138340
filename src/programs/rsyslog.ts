import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * rsyslog in the foreground (`-n`). HUP opens its files again, and does not read the configuration. INT and QUIT are ignored, but with `-d`.
 */
export const RSYSLOG_FACTS: ProgramFacts = {
  name: 'rsyslog',
  comm: ['rsyslogd'],
  signals: [
    { signal: Signal.HUP, effects: ['reopen'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.INT, effects: [], does: 'is ignored' },
    { signal: Signal.QUIT, effects: [], does: 'is ignored' },
    { signal: Signal.USR1, effects: [], does: 'is ignored' },
    { signal: Signal.USR2, effects: ['stop'] },
    { signal: Signal.WINCH, effects: [] },
  ],
  reopen: Signal.HUP,
  noReload: 'HUP only opens its files again. Restart it',
  configTest: ['rsyslogd', '-N1', '-f', '{config}'],
  images: [],
  measured: 'rsyslog 8.2302.0 (Debian 12, 2026-11-24)',
  sources: [
    'https://www.rsyslog.com/doc/',
    'There is no official image',
  ],
};
