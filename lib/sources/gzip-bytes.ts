import { read } from "node:fs";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { constants, createGunzip } from "node:zlib";
import type { FileBytes } from "./file-bytes";
import { closeFile, factsOfDescriptor, type OpenedFile } from "./open-inside-root";
import { isSystemError } from "./source-root";

/** Enough for the longest line and the guard before it to be read again. */
const rememberedBytes = 1_048_576 + 8_192;
const packedChunkBytes = 65_536;

const readDescriptor = promisify(read);

/**
 * What comes out of a gzip file, read from front to back. Reading from before what is remembered begins at the front again.
 * A file that breaks off, or is damaged, ends where no more can be had.
 */
export function openGzipBytes({ fd, realPath }: OpenedFile): FileBytes {
  let stream = unpack(fd);
  let remembered: Buffer = Buffer.alloc(0);
  let end = 0;

  const advance = async (): Promise<boolean> => {
    const next = await stream.next();
    if (next === null) return false;
    const kept = remembered.subarray(Math.max(0, remembered.length + next.length - rememberedBytes));
    remembered = Buffer.concat([kept, next]);
    end += next.length;
    return true;
  };
  const restart = async () => {
    await stream.close();
    stream = unpack(fd);
    remembered = Buffer.alloc(0);
    end = 0;
  };
  const peek = (position: number, length: number): Buffer => {
    const first = end - remembered.length;
    const from = Math.max(position, first);
    return remembered.subarray(from - first, Math.max(from - first, position + length - first));
  };

  return {
    compressed: true,
    realPath,
    facts: async () => ({ ...(await factsOfDescriptor(fd)), size: end }),
    read: async (into, at, length, position) => {
      if (position < end - remembered.length) await restart();
      while (end <= position) if (!(await advance())) return 0;
      return peek(position, length).copy(into, at);
    },
    peek,
    isWhole: async () => {
      if (stream.isDamaged()) return false;
      // The last four bytes are the length of what was packed last: a file that breaks off ends with some large number.
      const { size } = await factsOfDescriptor(fd);
      const length = Buffer.alloc(4);
      await readDescriptor(fd, length, 0, 4, Math.max(0, size - 4));
      return length.readUInt32LE() <= end;
    },
    close: async () => {
      await stream.close();
      await closeFile(fd);
    },
  };
}

type Unpacked = {
  next: () => Promise<Buffer | null>;
  isDamaged: () => boolean;
  close: () => Promise<void>;
};

/** Chunks in order, then null. The descriptor stays the caller's: `close` ends with no read of it under way. */
function unpack(fd: number): Unpacked {
  let underWay: Promise<unknown> = Promise.resolve();
  async function* packedChunks(): AsyncGenerator<Buffer> {
    for (let position = 0; ; ) {
      const into = Buffer.allocUnsafe(packedChunkBytes);
      const reading = readDescriptor(fd, into, 0, into.length, position);
      underWay = reading.catch(() => null);
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      position += bytesRead;
      yield into.subarray(0, bytesRead);
    }
  }
  const packed = Readable.from(packedChunks());
  const plain = createGunzip({ chunkSize: 262_144, finishFlush: constants.Z_SYNC_FLUSH });
  // Either may break off: the reader below hears of it, and no error is left without a listener.
  packed.on("error", (error) => plain.destroy(error));
  plain.on("error", () => packed.destroy());
  packed.pipe(plain);
  let isDamaged = false;
  const chunks = plain[Symbol.asyncIterator]();
  return {
    next: async () => {
      try {
        const { done, value } = await chunks.next();
        return done ? null : (value as Buffer);
      } catch (error) {
        // What was packed badly ends here; what could not be read is an error like any other.
        if (isSystemError(error) && error.syscall) throw error;
        isDamaged = true;
        return null;
      }
    },
    isDamaged: () => isDamaged,
    close: async () => {
      packed.destroy();
      plain.destroy();
      await underWay;
    },
  };
}
