import { resolve } from "node:path";
import type { TailState } from "@/lib/db/log-tail-rows";
import { createLogAssembler } from "@/lib/domain/log-assembler";
import { logInterest } from "@/lib/domain/log-interest";
import { openLogTail } from "@/lib/sources/log-tail";
import { watchFolders } from "@/lib/sources/watch-folders";
import type { Context } from "../context";
import { placeIn } from "./source-place";
import type { WatchedSource } from "./watch-plan";
import { WatchedTail } from "./watch-tail";

export type TailOpener = {
  /** Goes on where `state` says; `onStir` is called soon after something happened to the file, if the system tells. */
  open: (watched: WatchedSource, state: TailState, onStir: () => void) => WatchedTail;
  close: () => void;
};

/** Opens sources for reading, within what the host allows (D-34), all of them over one notification of changes. */
export function createTailOpener(services: Context["services"], nowMs: () => number): TailOpener {
  const folders = watchFolders();
  return {
    open: (watched, state, onStir) => {
      const { project, source, rules } = watched;
      const place = placeIn({ services }, project, source.path);
      const interest = logInterest(rules);
      return new WatchedTail(watched, state, {
        path: resolve(project.workspaceRoot, source.path),
        open: (position) =>
          openLogTail({
            place,
            createAssembler: () => createLogAssembler(rules, nowMs),
            interest,
            position,
            startPosition: source.startPosition,
            maxLineBytes: rules.maxLineBytes,
            windowBytes: source.maxBytesPerPoll,
            candidateMax: source.maxCandidatesPerPoll,
            nowMs,
          }),
        notice: (files) => folders.watch(files, onStir),
        nowMs,
      });
    },
    close: () => folders.close(),
  };
}
