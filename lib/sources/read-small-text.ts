import { read } from "node:fs";
import { promisify } from "node:util";
import { closeFile, openInsideRoot } from "./open-inside-root";
import { isSystemError } from "./source-root";
import type { SourcePlace } from "./tail-words";

const readBytes = promisify(read);

/**
 * The whole text of an ordinary file of at most `bytesMax` inside a root that this host allows; null where there is none, it
 * is larger, or it may not be read. Judged is what was opened, so that no path swapped meanwhile leads outside.
 */
export async function readSmallText(
  place: SourcePlace,
  bytesMax: number,
  open: (place: SourcePlace) => ReturnType<typeof openInsideRoot> = openInsideRoot,
): Promise<string | null> {
  const opened = await open(place);
  if (!opened.ok) return null;
  try {
    if (opened.file.size > bytesMax) return null;
    const buffer = Buffer.alloc(bytesMax + 1);
    const { bytesRead } = await readBytes(opened.fd, buffer, 0, bytesMax + 1, 0);
    return bytesRead > bytesMax ? null : buffer.toString("utf8", 0, bytesRead);
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  } finally {
    await closeFile(opened.fd);
  }
}
