import { Program } from './program';
import { ProgramImage } from './program-facts';
import { repositoryOf } from './recognize-program';

/** An image that is known to run a program of the catalog. */
export interface KnownImage {
  readonly program: Program;
  readonly image: ProgramImage;
}

/**
 * The program that an official image runs by default, and what is known of that image; undefined for an image that we do not
 * know, and for a digest without a tag where the image's variants differ.
 *
 * @param reference an image reference, of any type
 */
export function knownImage(reference: unknown): KnownImage | undefined {
  if (typeof reference !== 'string' || reference.length > 1024) return undefined;
  const repository = repositoryOf(reference);
  if (repository === undefined) return undefined;
  for (const program of Object.values(Program)) {
    if (!(program instanceof Program)) continue;
    const images = program._facts.images.filter(image => image.repositories.includes(repository));
    const image = images.length === 0 ? undefined : ofTag(images, tagOf(reference));
    if (image) return { program, image };
  }
  return undefined;
}

/** The entry with the longest text that stands in the tag, else the one without a text. */
function ofTag(images: readonly ProgramImage[], tag: string | undefined): ProgramImage | undefined {
  if (tag === undefined) return images.length === 1 && images[0].tag === undefined ? images[0] : undefined;
  const matches = images.filter(image => image.tag === undefined || tag.includes(image.tag));
  return matches.sort((a, b) => (b.tag ?? '').length - (a.tag ?? '').length)[0];
}

/** The tag; `latest` where none is written, undefined for a digest alone. */
function tagOf(reference: string): string | undefined {
  const [name, digest] = reference.split('@');
  const tag = /:([\w.-]+)$/.exec(name)?.[1];
  return tag ?? (digest === undefined ? 'latest' : undefined);
}
