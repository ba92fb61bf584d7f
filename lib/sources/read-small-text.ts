import { constants, promises } from "node:fs";
import { isSystemError, resolveInside, resolveRoot } from "./source-root";
import type { SourcePlace } from "./tail-words";

const { open } = promises;

/**
 * The whole text of an ordinary file of at most `bytesMax` inside a root that this host allows; null where there is none, it
 * is larger, or it may not be read. Opened without waiting and without following a last link: no pipe or device holds it up.
 */
export async function readSmallText(place: SourcePlace, bytesMax: number): Promise<string | null> {
  const root = await resolveRoot(place);
  if (!root.ok) return null;
  const inside = await resolveInside(place, root);
  if (!inside.ok) return null;
  let file: Awaited<ReturnType<typeof open>> | null = null;
  try {
    file = await open(inside.realPath, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > bytesMax) return null;
    const buffer = Buffer.alloc(bytesMax + 1);
    const { bytesRead } = await file.read(buffer, 0, bytesMax + 1, 0);
    return bytesRead > bytesMax ? null : buffer.toString("utf8", 0, bytesRead);
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  } finally {
    await file?.close();
  }
}
