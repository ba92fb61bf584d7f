import { loadConfig } from "@/lib/db/config-store";
import type { Draft } from "@/lib/domain/records";
import type { TriageEdit, TriageRun } from "@/lib/domain/triage-run";
import type { Context } from "../context";
import { type JudgedTriage, judgeTriage } from "./judge-triage";
import { readDone, readRoot, readSubject } from "./read-ground";
import { readIssueTemplate } from "./read-issue-template";

/** Reads everything a run is judged by, and judges it. Nothing is written. */
export async function judgeRun(
  ctx: Context,
  draft: Draft,
  run: TriageRun,
  edits: readonly TriageEdit[] = run.edits ?? [],
): Promise<JudgedTriage> {
  const config = await loadConfig(ctx.db);
  const [subject, done, { root }] = await Promise.all([
    readSubject(ctx, draft),
    readDone(ctx, run),
    readRoot(ctx, config, draft),
  ]);
  const template = await readIssueTemplate(ctx, root);
  return judgeTriage({ run, draft, subject, done, template, edits, nowMs: ctx.nowMs });
}
