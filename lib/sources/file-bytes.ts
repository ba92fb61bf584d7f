import { createHash } from "node:crypto";
import { read, readSync } from "node:fs";
import { promisify } from "node:util";
import { openGzipBytes } from "./gzip-bytes";
import { closeFile, factsOfDescriptor, type OpenedFile, openInsideRoot } from "./open-inside-root";
import type { FileFacts, SourcePlace, SourceRefusal, TailPosition } from "./tail-words";

/** The bytes of one opened file, or what comes out of a compressed one: offsets are the same in both. */
export type FileBytes = {
  compressed: boolean;
  realPath: string;
  /** `size` of a compressed file: what has come out of it so far. */
  facts: () => Promise<FileFacts>;
  /** As many bytes from `position` on as there are, up to `length`; 0 at the end. */
  read: (into: Buffer, at: number, length: number, position: number) => Promise<number>;
  /**
   * Bytes that were read shortly before, again and at once. A compressed file remembers its last mebibyte: of an earlier
   * range the end comes, or nothing.
   */
  peek: (position: number, length: number) => Buffer;
  /** At the end: is that all there ever was? Not so for a compressed file that is damaged or breaks off. */
  isWhole: () => Promise<boolean>;
  close: () => Promise<void>;
};

/** A hash over the bytes before an offset. */
export type Guard = Pick<TailPosition, "guardHash" | "guardBytes">;
export const noGuard: Guard = { guardHash: null, guardBytes: 0 };
export const guardBytesMax = 4_096;

const readDescriptor = promisify(read);

export async function openBytes(place: SourcePlace): Promise<{ ok: true; bytes: FileBytes } | SourceRefusal> {
  const opened = await openInsideRoot(place);
  if (!opened.ok) return opened;
  try {
    const magic = peekDescriptor(opened.fd, 0, 2);
    const compressed = magic.length === 2 && magic[0] === 0x1f && magic[1] === 0x8b;
    return { ok: true, bytes: compressed ? openGzipBytes(opened) : plainBytes(opened) };
  } catch (error) {
    await closeFile(opened.fd);
    throw error;
  }
}

function plainBytes({ fd, realPath }: OpenedFile): FileBytes {
  return {
    compressed: false,
    realPath,
    facts: () => factsOfDescriptor(fd),
    read: async (into, at, length, position) =>
      (await readDescriptor(fd, into, at, length, position)).bytesRead,
    peek: (position, length) => peekDescriptor(fd, position, length),
    isWhole: () => Promise.resolve(true),
    close: () => closeFile(fd),
  };
}

function peekDescriptor(fd: number, position: number, length: number): Buffer {
  const into = Buffer.allocUnsafe(length);
  return into.subarray(0, readSync(fd, into, 0, length, position));
}

/** The guard of an offset; null when the bytes before it cannot be had any more. */
export function guardBefore(bytes: FileBytes, offset: number): Guard | null {
  const length = Math.min(guardBytesMax, offset);
  if (length === 0) return noGuard;
  const before = bytes.peek(offset - length, length);
  return before.length === length ? guardOf(before) : null;
}

/** Are the bytes before `offset` what they were? Without a guard nothing speaks against it. */
export function guardHolds(bytes: FileBytes, offset: number, guard: Guard): boolean {
  if (guard.guardBytes === 0) return true;
  const before = bytes.peek(offset - guard.guardBytes, guard.guardBytes);
  return before.length === guard.guardBytes && hashOf(before) === guard.guardHash;
}

/** The guard of an offset, of the bytes that were read last before it. */
export const guardOf = (recent: Buffer): Guard =>
  recent.length > 0 ? { guardHash: hashOf(recent), guardBytes: recent.length } : noGuard;

/** Do these bytes lie before `offset` still? */
export const liesBefore = (bytes: FileBytes, offset: number, recent: Buffer): boolean =>
  bytes.peek(offset - recent.length, recent.length).equals(recent);

const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Does the file reach as far as `offset`? A compressed one is unpacked up to there, so that what lies before can be peeked. */
export async function reaches(bytes: FileBytes, offset: number): Promise<boolean> {
  if (!bytes.compressed) return (await bytes.facts()).size >= offset;
  return offset === 0 || (await bytes.read(Buffer.alloc(1), 0, 1, offset - 1)) === 1;
}
