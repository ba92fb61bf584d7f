import { type FileBytes, type Guard, guardHolds, openBytes, reaches } from "./file-bytes";
import { NamesMoved, type RotatedFile } from "./rotated-files";
import type { FileFacts, SourcePlace, SourceRefusal, TailPosition } from "./tail-words";

export type Opened = { ok: true; bytes: FileBytes; facts: FileFacts };

export async function openPlace(place: SourcePlace): Promise<Opened | SourceRefusal> {
  const opened = await openBytes(place);
  return opened.ok ? { ...opened, facts: await opened.bytes.facts() } : opened;
}

/** Another file of the log, if it may be read. @throws NamesMoved when it lies no longer where it was seen. */
export async function openOther(place: SourcePlace, file: RotatedFile): Promise<Opened | null> {
  const opened = await openPlace({ ...place, path: file.path });
  if (opened.ok && opened.facts.id === file.id) return opened;
  if (!opened.ok && opened.code !== "not_found") return null;
  if (opened.ok) await opened.bytes.close();
  throw new NamesMoved(file.path);
}

/** Does it hold what was read before the position? */
export const holds = async ({ bytes }: Opened, position: TailPosition): Promise<boolean> =>
  (await reaches(bytes, position.offset)) && guardHolds(bytes, position.offset, position);

/** The first of these that holds what was read, open. */
export async function firstThatHolds(
  place: SourcePlace,
  files: readonly RotatedFile[],
  position: TailPosition,
): Promise<Opened | null> {
  for (const each of files) {
    const opened = await openOther(place, each);
    // Without a guard only the inode speaks for a file.
    const known = position.guardBytes > 0 || each.id === position.fileId;
    if (opened && known && (await holds(opened, position))) return opened;
    await opened?.bytes.close();
  }
  return null;
}

/** The last of these files that ends with the bytes of a guard, as an index; -1 for none. */
export async function findSameEnd(
  place: SourcePlace,
  files: readonly RotatedFile[],
  guard: Guard | null,
): Promise<number> {
  if (!guard || guard.guardBytes === 0) return -1;
  for (let at = files.length - 1; at >= 0; at--) {
    const file = files[at];
    if (file && (await endsWithGuard(place, file, guard))) return at;
  }
  return -1;
}

async function endsWithGuard(place: SourcePlace, file: RotatedFile, guard: Guard): Promise<boolean> {
  const opened = await openOther(place, file);
  if (!opened) return false;
  const { bytes } = opened;
  try {
    if (bytes.compressed) await reaches(bytes, Number.MAX_SAFE_INTEGER);
    const { size } = await bytes.facts();
    return size >= guard.guardBytes && guardHolds(bytes, size, guard);
  } finally {
    await bytes.close();
  }
}
