import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * uWSGI with a master. TERM reloads it unless `die-on-term` is set, so the kubelet kills it at the end of the grace period; INT and QUIT end it.
 * Its processes change their user without an exec and stay not dumpable. USR2 is not handled, so it ends it.
 * A file of `touch-logreopen` does make it open its log again (tried by hand).
 */
export const UWSGI_FACTS: ProgramFacts = {
  name: 'uWSGI',
  comm: ['uwsgi'],
  signals: [
    { signal: Signal.HUP, effects: ['reload'], does: 'lets the workers end their requests' },
    {
      signal: Signal.TERM,
      effects: ['reload'],
      does: 'cuts the requests that are being answered',
      needs: 'die-on-term is not set',
      otherwise: ['stop'],
    },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.USR2, effects: ['stop'] },
    { signal: Signal.USR1, effects: [], does: 'prints statistics' },
    { signal: Signal.WINCH, effects: [] },
    { signal: Signal.TSTP, effects: ['pause'], does: 'stops the workers until the next TSTP' },
  ],
  reload: Signal.HUP,
  noReopen: 'It has no signal for it: HUP leaves the file of logto2 open. Set touch-logreopen to a file, and touch that',
  images: [],
  measured: 'uWSGI 2.0.21 (Debian 12, 2026-11-24)',
  sources: [
    'https://uwsgi-docs.readthedocs.io/en/latest/Management.html',
    'There is no official image',
  ],
};
