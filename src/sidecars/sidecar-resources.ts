import { Size } from 'cdk8s';
import { JsonObject } from '../manifest/pod-spec';
import { constructError, quoted } from '../workload/construct-error';
import { withoutNulls } from '../workload/given-value';

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
   * In a pod of QoS class `Guaranteed` give requests that equal the limits, or it is `Burstable` from then on.
   *
   * @param amounts CPU in thousandths of a core, memory as a `Size`
   * @throws when a number is not a whole number above 0, or a request is above its limit
   */
  public static custom(amounts: SidecarResourceAmounts): SidecarResources {
    if (amounts === null || typeof amounts !== 'object') {
      throw constructError(SOURCE, `the amounts are ${quoted(amounts)}`, 'Write them like { memoryLimit: Size.mebibytes(64) }');
    }
    return new SidecarResources(withoutNulls(amounts));
  }

  /**
   * Whether a value is one: of this copy of the package or of another.
   *
   * @internal
   */
  public static _isResources(value: unknown): value is SidecarResources {
    return typeof (value as SidecarResources | undefined)?._render === 'function';
  }

  private constructor(private readonly amounts: SidecarResourceAmounts | undefined) {
    const { cpuRequestMillis: cpuRequest, cpuLimitMillis: cpuLimit, memoryRequest, memoryLimit } = amounts ?? {};
    for (const [name, value] of [['cpuRequestMillis', cpuRequest], ['cpuLimitMillis', cpuLimit]] as const) {
      if (value !== undefined && !(Number.isSafeInteger(value) && value > 0)) {
        throw constructError(SOURCE, `${name} is ${quoted(value)}`, 'Give a whole number of thousandths of a core, above 0');
      }
    }
    checkSize('memoryRequest', memoryRequest);
    checkSize('memoryLimit', memoryLimit);
    if (cpuRequest !== undefined && cpuLimit !== undefined && cpuRequest > cpuLimit) {
      throw constructError(SOURCE, `cpuRequestMillis ${cpuRequest} is above cpuLimitMillis ${cpuLimit}`, 'Raise the limit or lower the request');
    }
    if (memoryRequest && memoryLimit && kibibytes(memoryRequest) > kibibytes(memoryLimit)) {
      throw constructError(SOURCE, `memoryRequest ${quantity(memoryRequest)} is above memoryLimit ${quantity(memoryLimit)}`,
        'Raise the limit or lower the request');
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

/** What errors name: amounts belong to no construct yet. */
const SOURCE = 'SidecarResources.custom';

const DEBUG_MEMORY_LIMIT_KIB = 256 * 1024;

/** Refuses what is no size, and sizes that are not above 0. */
function checkSize(name: string, size: Size | undefined): void {
  if (size === undefined) return;
  const fix = 'Give a size above 0, such as Size.mebibytes(64)';
  if (typeof size?.toKibibytes !== 'function') throw constructError(SOURCE, `${name} is ${quoted(size)}, and no Size`, fix);
  let amount: number;
  try {
    amount = kibibytes(size);
  } catch (error) {
    throw constructError(SOURCE, `${name}: ${(error as Error).message.replace(/\.$/, '')}`, fix);
  }
  if (!(amount > 0)) throw constructError(SOURCE, `${name} is ${amount} KiB`, fix);
}

function kibibytes(size: Size): number {
  return size.toKibibytes();
}

function quantity(size: Size): string {
  const kib = kibibytes(size);
  return kib % 1024 === 0 ? `${kib / 1024}Mi` : `${kib}Ki`;
}
