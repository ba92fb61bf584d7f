import type { Change } from "@/lib/db/change-feed";
import { type Silence, silenceLists } from "@/lib/domain/silence";
import { type SilenceWish, silenceIssues } from "@/lib/domain/silence-rules";
import { AppError } from "../errors";

/** What the audit says of a silence: which conditions it has, never what they look for in reported text. */
export function silenceDetail({ matcher, windows, version, startsAtMs, expiresAtMs }: Silence) {
  return {
    version,
    starts_at_ms: startsAtMs,
    expires_at_ms: expiresAtMs,
    windows: windows.length,
    conditions: [
      ...silenceLists.filter((list) => matcher[list].length > 0),
      ...(matcher.matchTitle === null ? [] : ["matchTitle"]),
    ],
    project_ids: matcher.matchProjectIds,
  };
}

/** One for each of its projects, so that those hear of it who may see it. */
export function silenceChanges(...silences: Silence[]): Change[] {
  const [silence] = silences;
  if (!silence) return [];
  const id = silence.silenceId;
  const projects = silences.map((each) => each.matcher.matchProjectIds);
  if (projects.some((each) => each.length === 0)) return [{ topic: "silence", id }];
  return [...new Set(projects.flat())].map((projectId) => ({ topic: "silence", id, projectId }));
}

/** @throws AppError invalid `silence_invalid` with every issue, the first one naming the field */
export function refuseIssues(wish: SilenceWish, nowMs: number): void {
  const issues = silenceIssues(wish, nowMs);
  const [first] = issues;
  if (!first) return;
  const message = `${first.path}: ${first.message}`;
  throw new AppError("invalid", "silence_invalid", message, { field: first.path, issues });
}
