import { keyOfSource } from "@/lib/db/log-tail-rows";
import { createLogAssembler } from "@/lib/domain/log-assembler";
import type { LogCandidate, LogLine, QuarantinedRecord } from "@/lib/domain/log-reading";
import { type LogRules, logRules } from "@/lib/domain/log-reading-rules";
import { bindSource } from "@/lib/domain/source-binding";
import type { RequiredLogSource } from "./require-log-source";
import type { WatchedSource } from "./watch-plan";

export type ReadableSource = WatchedSource;

/** How a source's lines are read, whether or not it is to be read now: for those who look into its log. */
export function readableSource({
  project,
  source,
}: Pick<RequiredLogSource, "project" | "source">): ReadableSource {
  const { projectId } = project;
  const { sourceId } = source;
  const key = keyOfSource({ projectId, sourceId });
  const binding = bindSource(project, source);
  return {
    key,
    projectId,
    sourceId,
    project,
    source,
    binding,
    rules: logRules(source, binding),
    version: "",
  };
}

/** What these lines come to, taken by themselves: nothing follows them. */
export function assembleLines(
  lines: readonly LogLine[],
  rules: LogRules,
  nowMs: number,
): { candidates: LogCandidate[]; quarantined: QuarantinedRecord[] } {
  const assembler = createLogAssembler(rules, () => nowMs);
  for (const line of lines) assembler.push(line);
  assembler.flush();
  return assembler.take();
}
