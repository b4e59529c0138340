/** What an answer takes for granted, by the names in `assumes`. */
export const ASSUMPTIONS: { readonly [name: string]: string } = {
  'plain-target': 'the target runs a plain program: no file capabilities, not set-uid, it stays the user it was started as, and is dumpable',
  'plain-observer': 'the observer runs a plain program: no file capabilities, not set-uid; its image may have others, of which DENIED says nothing',
  'known-program': 'the image runs the program that it is known for, with its default configuration',
  'image-user': 'the image runs as the user that it is known for, or that was stated',
  'same-image': 'both containers run the same image, so also the same user and group',
  'platform-users': 'the platform gives every container without runAsUser the same UID, which is not root, and GID 0',
  'default-capabilities': "the runtime's default capabilities are those of containerd",
  'upstream-pause': "the sandbox runs Kubernetes' own pause image, whose user is 65535:65535",
};
