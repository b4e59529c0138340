import { resolve } from 'cdk8s';
import { IConstruct } from 'constructs';
import { envOf } from './container-env';
import { refuseRootThatNeverStarts } from './container-user';
import { promiseOf } from './debug-intent';
import { checkedEphemeralProps } from './debug-props-check';
import { DebugEphemeralProps } from './debug-sidecar-props';
import { checkTarget, targetsOf } from './debug-target';
import { kubectlAddress, shellWord } from './kubectl-address';
import { JsonObject, objectOf } from '../manifest/pod-spec';
import { valueAt } from '../manifest/pod-spec-path';
import { constructError } from '../workload/construct-error';
import { PodOverlay } from '../workload/pod-overlay';
import { SharedPidSettings } from '../workload/shared-pid-settings';
import { SidecarImage } from '../workload/sidecar-image';
import { WorkloadObject } from '../workload/workload-object';

/** kubectl gives an ephemeral container a name that begins like this. */
const EPHEMERAL_NAME = 'debugger-';

/**
 * The `kubectl debug` command line for an ephemeral container beside the containers of a workload.
 *
 * @param scope whose settings hold, and whose path errors name
 */
export function ephemeralCommand(workload: WorkloadObject, given: DebugEphemeralProps, scope: IConstruct): string {
  const path = scope.node.path;
  const props = checkedEphemeralProps(path, given);
  const manifest = workload.api.toJson() as JsonObject;
  const spec = objectOf(valueAt(manifest, workload.path));
  const target = props.target ?? firstTarget(workload, spec);
  if (target === undefined) throw constructError(path, 'the pod has no container to look at', 'Add one first');
  checkTarget(path, spec, target, oursIn(workload));

  const { profile } = props;
  const targets = targetsOf(spec, target);
  const promise = promiseOf(path, EPHEMERAL_NAME, { ...props, target }, SharedPidSettings.of(scope), () => spec);
  if (!promise) refuseRootThatNeverStarts(path, spec, profile._securityContext(spec, targets, []), props.image === undefined);
  const securityContext = promise?.securityContext(spec) ?? profile._beyondKubectl(spec, targets);
  // as in a manifest: tokens in strings are resolved
  const { command, env, image } = resolve([], {
    command: props.command ?? [],
    env: envOf(props.env),
    image: props.image ?? SharedPidSettings.of(scope)._image(SidecarImage.BUSYBOX),
  }, workload.api) as { readonly command: string[]; readonly env: object[]; readonly image: string };
  const custom = { ...env.length ? { env } : {}, ...Object.keys(securityContext).length ? { securityContext } : {} };
  const address = kubectlAddress(workload, path);
  const words = [
    `kubectl debug -it${address.namespace} ${address.pod}`,
    `--image=${shellWord(image)}`,
    // baseline writes no security context, so that a custom profile is exactly what it says
    `--profile=${profile._isKubectlProfile ? profile.name : 'baseline'}`,
    `--target=${shellWord(target)}`,
  ];
  const rest = command.length ? ` -- ${command.map(shellWord).join(' ')}` : '';
  if (Object.keys(custom).length === 0) return words.join(' ') + rest;
  // On descriptor 3, for standard input is the terminal. JSON on one line cannot hold the end mark. An interactive shell may look
  // for its history in a here-document, so there is no '!' in it.
  return `${words.join(' ')} --custom=/dev/fd/3${rest} 3<<'EOF'\n${JSON.stringify(custom).replace(/!/g, '\\u0021')}\nEOF`;
}

/** `kubectl debug` looks at one container: the app's first, which cdk8s and we keep in front. */
function firstTarget(workload: WorkloadObject, spec: JsonObject): string | undefined {
  const ours = oursIn(workload);
  const running = targetsOf(spec).filter(container => !ours.includes(container.name));
  return (running.find(container => container.role === 'container') ?? running[0])?.name;
}

function oursIn(workload: WorkloadObject): string[] {
  return PodOverlay.find(workload)?.partNames ?? [];
}
