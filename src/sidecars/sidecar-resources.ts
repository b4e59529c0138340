import { Size } from 'cdk8s';
import { JsonObject } from '../manifest/pod-spec';

/**
 * Amounts for a sidecar.
 */
export interface SidecarResourceAmounts {
  /**
   * CPU that is set aside for it, in thousandths of a core.
   *
   * @default 10 - little, but there: a pod autoscaler that looks at CPU needs a request on every container
   */
  readonly cpuRequestMillis?: number;

  /**
   * CPU that it may use at most, in thousandths of a core.
   *
   * @default - no limit: a throttled debugger only takes longer
   */
  readonly cpuLimitMillis?: number;

  /**
   * Memory that is set aside for it.
   *
   * @default - 32Mi
   */
  readonly memoryRequest?: Size;

  /**
   * Memory at which it is killed.
   *
   * @default - 256Mi for a debugger, so that a tool that runs wild takes nothing from the app
   */
  readonly memoryLimit?: Size;
}

/**
 * The `resources` of a sidecar's container.
 */
export class SidecarResources {
  /**
   * Writes no `resources` at all. The pod is then not `Guaranteed`, and an autoscaler that looks at CPU cannot work.
   */
  public static readonly NONE = new SidecarResources(undefined);

  /**
   * Amounts of your own; what is left out keeps its default.
   *
   * @param amounts CPU in thousandths of a core, memory as a `Size`
   * @throws when a number is not a whole number above 0, or a request is above its limit
   */
  public static custom(amounts: SidecarResourceAmounts): SidecarResources {
    return new SidecarResources(amounts);
  }

  private constructor(private readonly amounts: SidecarResourceAmounts | undefined) {
    const { cpuRequestMillis: cpuRequest, cpuLimitMillis: cpuLimit, memoryRequest, memoryLimit } = amounts ?? {};
    for (const [name, value] of [['cpuRequestMillis', cpuRequest], ['cpuLimitMillis', cpuLimit]] as const) {
      if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
        throw new Error(`SidecarResources: ${name} is ${value}. Give a whole number of thousandths of a core, above 0.`);
      }
    }
    for (const [name, value] of [['memoryRequest', memoryRequest], ['memoryLimit', memoryLimit]] as const) {
      if (value !== undefined && !(kibibytes(value) > 0)) {
        throw new Error(`SidecarResources: ${name} is ${kibibytes(value)} KiB. Give a size above 0, such as Size.mebibytes(64).`);
      }
    }
    if (cpuRequest !== undefined && cpuLimit !== undefined && cpuRequest > cpuLimit) {
      throw new Error(`SidecarResources: cpuRequestMillis ${cpuRequest} is above cpuLimitMillis ${cpuLimit}. Raise the limit or lower the request.`);
    }
    if (memoryRequest && memoryLimit && kibibytes(memoryRequest) > kibibytes(memoryLimit)) {
      throw new Error(`SidecarResources: memoryRequest ${quantity(memoryRequest)} is above memoryLimit ${quantity(memoryLimit)}. `
        + 'Raise the limit or lower the request.');
    }
  }

  /**
   * The JSON of `resources`, or undefined to write none.
   *
   * @internal
   */
  public _render(): JsonObject | undefined {
    if (!this.amounts) return undefined;
    const { cpuRequestMillis, cpuLimitMillis, memoryRequest, memoryLimit } = this.amounts;
    const limits = memoryLimit ?? (memoryRequest && kibibytes(memoryRequest) > DEBUG_MEMORY_LIMIT_KIB ? memoryRequest : undefined);
    return {
      limits: {
        ...cpuLimitMillis === undefined ? {} : { cpu: `${cpuLimitMillis}m` },
        memory: limits ? quantity(limits) : '256Mi',
      },
      requests: {
        cpu: `${cpuRequestMillis ?? Math.min(10, cpuLimitMillis ?? 10)}m`,
        memory: memoryRequest ? quantity(memoryRequest) : memoryLimit && kibibytes(memoryLimit) < 32 * 1024 ? quantity(memoryLimit) : '32Mi',
      },
    };
  }
}

const DEBUG_MEMORY_LIMIT_KIB = 256 * 1024;

function kibibytes(size: Size): number {
  return size.toKibibytes();
}

function quantity(size: Size): string {
  const kib = kibibytes(size);
  return kib % 1024 === 0 ? `${kib / 1024}Mi` : `${kib}Ki`;
}
