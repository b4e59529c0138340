import { WithProfile } from './debug-props-check';
import { DebugEphemeralProps } from './debug-sidecar-props';
import type * as Promises from './sidecar-promise';
import { SidecarUser } from './sidecar-user';
import { analysis } from '../workload/analysis';
import { SharedPidSettings } from '../workload/shared-pid-settings';

/**
 * The promise of a debug container whose profile is worked out; undefined for the others. What works it out is loaded here,
 * for most of an app's start would be spent on it.
 *
 * @param path the construct, for errors
 * @param userSpec the pod spec without our sidecars, as it would be written now; undefined when that cannot be told
 */
export function promiseOf(
  path: string, name: string, props: DebugEphemeralProps & WithProfile, settings: SharedPidSettings, userSpec: () => object | undefined,
): Promises.SidecarPromise | undefined {
  const { profile, target, user, maxLevel } = props;
  if (!profile._accesses) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { SidecarPromise } = require('./sidecar-promise') as typeof Promises;
  return new SidecarPromise({
    path,
    name,
    accesses: profile._accesses,
    target,
    user: user ?? SidecarUser.AS_TARGET,
    maxLevel,
    options: spec => settings._accessOptions(spec),
    ownLevel: spec => analysis.podSecurity(userSpec() ?? spec).level,
  });
}
