/** A UID or GID that the manifest leaves open. */
export interface OpenId {
  /** Two of the same origin (an image, the platform) are equal; one without is equal to nothing that is known. */
  readonly origin?: string;
  /** It is not 0: `runAsNonRoot`. */
  readonly nonRoot: boolean;
  /** What would settle it. */
  readonly settle: string;
  /** The field is there, with a type that Kubernetes refuses. */
  readonly malformed: boolean;
}

/** The origin of a UID that the platform gives to all containers that have none. */
export const PLATFORM = 'platform';

/** A UID or GID: a number, or what is known of it. */
export type Id = number | OpenId;
