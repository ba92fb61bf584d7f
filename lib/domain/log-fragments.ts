import type { Envelope } from "./log-envelope";
import type { WholeLine } from "./log-open-record";
import type { LogLine } from "./log-reading";

/** Puts the pieces of a line together that a container's runtime has cut. */
export type LineJoiner = {
  /** The whole line this piece ends; null while it goes on. */
  join: (line: LogLine, envelope: Envelope) => WholeLine | null;
  /** What is unfinished, as it is; or what has been so for so long that its end will not come. */
  drain: (which: "all" | "stale") => WholeLine[];
  /** Where the first unfinished line begins; null when there is none. */
  start: () => number | null;
};

type Part = {
  first: LogLine;
  envelope: Envelope;
  texts: string[];
  size: number;
  end: number;
  idleLines: number;
};

/** Lines of other streams after which the end of a line is no longer waited for. */
const idleMax = 500;

/** Pieces of a stream are joined without anything between them; the line is at most `sizeMax` long, and marked when cut. */
export function createLineJoiner(sizeMax: number): LineJoiner {
  const parts = new Map<string, Part>();

  const finish = (stream: string): WholeLine | null => {
    const part = parts.get(stream);
    if (!part) return null;
    parts.delete(stream);
    const truncated = part.first.truncated || part.size > sizeMax;
    const text = part.texts.join("");
    return {
      text,
      truncated,
      envelope: part.envelope,
      offsetStart: part.first.offsetStart,
      offsetEnd: part.end,
    };
  };

  return {
    join(line, envelope) {
      for (const part of parts.values()) part.idleLines += 1;
      const known = parts.get(envelope.stream);
      if (!known && !envelope.isPart) return { ...line, text: envelope.text, envelope };
      const part = known ?? { first: line, envelope, texts: [], size: 0, end: 0, idleLines: 0 };
      const room = Math.max(0, sizeMax - part.size);
      if (room > 0) part.texts.push(envelope.text.slice(0, room));
      part.size += envelope.text.length;
      part.end = line.offsetEnd;
      part.idleLines = 0;
      parts.set(envelope.stream, part);
      return envelope.isPart ? null : finish(envelope.stream);
    },
    drain: (which) =>
      [...parts].flatMap(([stream, { idleLines }]) =>
        which === "all" || idleLines > idleMax ? (finish(stream) ?? []) : [],
      ),
    start: () =>
      parts.size === 0 ? null : Math.min(...[...parts.values()].map((part) => part.first.offsetStart)),
  };
}
