import { IConstruct, IMixin } from 'constructs';
import { SharedPid } from './shared-pid';
import { isWorkloadObject } from './workload-object';

/**
 * `SharedPid.enable` as a mixin: `deployment.with(new SharedPidMixin())`, or `chart.with(...)` for every workload below.
 *
 * Sets `shareProcessNamespace: true` on the objects of the kinds that Kubernetes knows and passes over everything else.
 * Applying it twice is the same as once. A pod that cannot share (`hostPID`, Windows) is an error, as with `enable`.
 *
 * In Python the method is spelled `with_`.
 *
 * @see https://github.com/aws/constructs
 */
export class SharedPidMixin implements IMixin {
  /**
   * Whether the construct is an API object with a pod spec that we find.
   *
   * @param construct any construct
   */
  public supports(construct: IConstruct): boolean {
    return isWorkloadObject(construct);
  }

  /**
   * Turns sharing on.
   *
   * @param construct a workload
   */
  public applyTo(construct: IConstruct): void {
    SharedPid.enable(construct);
  }
}
