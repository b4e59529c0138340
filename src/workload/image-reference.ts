import { constructError, quoted } from './construct-error';

/** Refuses an image reference that is no text, is empty or has blanks. */
export function checkImageReference(path: string, name: string, reference: unknown): void {
  if (typeof reference === 'string' && /^[^\s]+$/.test(reference)) return;
  const problem = typeof reference === 'string' ? 'is empty or has blanks' : 'is no text';
  throw constructError(path, `${name} ${quoted(reference)} ${problem}`, "Write it like 'registry.example.com/busybox:1.37.0'");
}
