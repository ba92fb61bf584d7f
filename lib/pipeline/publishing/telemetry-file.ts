import { constants, promises } from "node:fs";
import { dirname, join, sep } from "node:path";
import { cursorOfLine } from "@/lib/domain/telemetry-line";

/** Enough for the longest record; the last whole line lies within it. */
const tailBytes = 1_048_576;

/**
 * A JSON-lines file below a folder, opened to add to: never through a link that leads out of the folder (W-45), readable by its
 * owner alone. Half a line that a crash left behind is cut off: what it began comes again whole.
 *
 * @param name a relative path that was checked already; `.jsonl` is added.
 * @throws what the file system says; `telemetry_file_outside` when a link leads elsewhere.
 */
export async function openTelemetryFile(folder: string, name: string) {
  const path = join(folder, `${name}.jsonl`);
  await promises.mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const [root, parent] = await Promise.all([promises.realpath(folder), promises.realpath(dirname(path))]);
  if (parent !== root && !parent.startsWith(`${root}${sep}`)) {
    throw Object.assign(new Error("The telemetry file lies outside its folder"), {
      code: "telemetry_file_outside",
    });
  }
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
  const file = await promises.open(path, flags, 0o600);
  try {
    const end = await lastLine(file);
    return {
      /** The record it ends with; null for a file without any. */
      cursor: end.line === null ? null : cursorOfLine(end.line),
      /** Adds whole lines and returns when they are on the disk. */
      append: async (lines: string) => {
        await file.truncate(end.size);
        const bytes = Buffer.from(lines, "utf8");
        await file.write(bytes, 0, bytes.length, end.size);
        await file.datasync();
        end.size += bytes.length;
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The last line that has its end, and where the file ends after it. */
async function lastLine(file: promises.FileHandle): Promise<{ line: string | null; size: number }> {
  const { size } = await file.stat();
  const length = Math.min(size, tailBytes);
  const tail = Buffer.alloc(length);
  await file.read(tail, 0, length, size - length);
  const end = tail.lastIndexOf(0x0a);
  if (end < 0) return { line: null, size: size - length };
  const start = tail.lastIndexOf(0x0a, end - 1) + 1;
  return { line: tail.subarray(start, end).toString("utf8"), size: size - length + end + 1 };
}
