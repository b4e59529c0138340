import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * Gunicorn, started by its own script. With the Python package setproctitle the name is cut to `gunicorn: maste`.
 * As `python -m gunicorn` without setproctitle the name is Python's: describe that with `Program.custom`.
 */
export const GUNICORN_FACTS: ProgramFacts = {
  name: 'Gunicorn',
  comm: ['gunicorn', 'gunicorn: maste'],
  signals: [
    { signal: Signal.HUP, effects: ['reload', 'reopen'] },
    { signal: Signal.USR1, effects: ['reopen'] },
    { signal: Signal.USR2, effects: [], does: 'starts a second master beside the first' },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.WINCH, effects: [], does: 'stops the workers of a daemon only' },
    { signal: Signal.TTIN, effects: [], does: 'starts one worker more' },
    { signal: Signal.TTOU, effects: [], does: 'ends one worker' },
  ],
  reload: Signal.HUP,
  reopen: Signal.USR1,
  brokenReload: 'stop',
  configTest: ['gunicorn', '--check-config', '-c', '{config}'],
  images: [],
  measured: 'Gunicorn 23.0.0 (PyPI, 2026-11-24)',
  sources: [
    'https://docs.gunicorn.org/en/stable/signals.html',
    'There is no official image',
  ],
};
