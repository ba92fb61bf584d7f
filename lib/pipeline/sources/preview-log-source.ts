import { loadConfig } from "@/lib/db/config-store";
import { findLiveIncidents } from "@/lib/db/live-incident-store";
import { type MonitorConfig, unassignedRepo } from "@/lib/domain/config";
import { completeLogSource, completeProject, type Given, setFields } from "@/lib/domain/config-defaults";
import { normaliseReading } from "@/lib/domain/config-normalise-reading";
import { detectFormat, findFields, lookAtLine, verdictOf } from "@/lib/domain/log-line-look";
import type { LogCandidate, LogFormat, LogReading } from "@/lib/domain/log-reading";
import { logReadingFaults } from "@/lib/domain/log-reading-faults";
import type { LogPreview } from "@/lib/domain/log-source-state";
import { findLogSource, findProject } from "@/lib/domain/source-binding";
import { truncate } from "@/lib/domain/text";
import { profileNamed } from "@/lib/redaction/profiles";
import { redactFields } from "@/lib/redaction/redact-fields";
import { readLastLines } from "@/lib/sources/scan-file";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { prepareReports } from "../intake/accept-reports";
import { assembleLines, type ReadableSource, readableSource } from "./readable-source";
import { placeIn, unreadable } from "./source-place";
import { watchedReport } from "./watch-report";

export type PreviewLogSourceInput = {
  workspaceRoot: string;
  path: string;
  /** With both, the answer says which incidents exist already. */
  projectId?: string;
  sourceId?: string;
  projectName?: string;
  format?: LogFormat;
  minimumLevel?: "error" | "warn";
  eventSchemaVersion?: string;
  reading?: Given<LogReading>;
  /** 50 unless told. */
  lines?: number;
};

const linesDefault = 50;
const textLengthMax = 2_000;

/**
 * The last lines of a file as its watcher would see them, and what would have become an incident: nothing has to be saved
 * for it, and nothing is written. Everything shown is redacted by the profile the source would have.
 *
 * @throws AppError forbidden; invalid `log_preview_invalid` with the issues of `reading`, `log_file_unreadable`; not_found
 * `log_file_not_found`.
 */
export async function previewLogSource(ctx: Context, input: PreviewLogSourceInput): Promise<LogPreview> {
  const name = `${input.projectId ?? "-"}/${input.sourceId ?? "-"}`;
  await authorize(ctx, "configure", { kind: "log_source", id: name });
  const { config, readable } = await imagine(ctx, input);
  const { rules, source } = readable;
  const read = await readLastLines(placeIn(ctx, readable.project, source.path), {
    lines: input.lines ?? linesDefault,
    maxLineBytes: rules.maxLineBytes,
  });
  if (!read.ok) {
    const [kind, reason] =
      read.code === "not_found"
        ? (["not_found", "log_file_not_found"] as const)
        : (["invalid", "log_file_unreadable"] as const);
    throw unreadable(kind, reason, read, {
      field: read.code === "root_not_allowed" ? "workspace_root" : "path",
    });
  }
  const records = read.lines.map((line) => lookAtLine(line.text, rules, ctx.nowMs));
  const found = assembleLines(read.lines, rules, ctx.nowMs);
  const { shown, indexOf } = await wouldBe(ctx, config, readable, found.candidates, isNamed(input));
  const fields = findFields(records, rules);
  const redact = await redactorOf(readable, config, [
    ...read.lines.map((line) => line.text),
    ...records.flatMap((record) => [record?.message ?? "", record?.component ?? ""]),
    ...fields.map((each) => each.example),
  ]);
  return {
    path: source.path,
    fileSize: read.file.size,
    modifiedAtMs: Math.trunc(read.file.modifiedAtMs),
    detectedFormat: detectFormat(records),
    foundFields: fields.map((each) => ({ ...each, example: redact(each.example) })),
    lines: read.lines.map((line, at) => {
      const record = records[at] ?? null;
      const { verdict, candidate } = verdictOf(line.offsetStart, record, found, rules);
      return {
        text: redact(line.text),
        offsetStart: line.offsetStart,
        format: record?.format ?? null,
        level: record?.level ?? null,
        message: record && redact(record.message),
        component: record?.component === undefined ? null : redact(record.component),
        occurredAtMs: record?.occurredAtMs ?? null,
        candidate: candidate === null ? null : (indexOf.get(candidate) ?? null),
        verdict,
      };
    }),
    candidates: shown,
  };
}

const isNamed = ({ projectId, sourceId }: PreviewLogSourceInput) => Boolean(projectId && sourceId);

/** The configuration as it would be with this source in it; what is there already of project and source stays. */
async function imagine(
  ctx: Context,
  input: PreviewLogSourceInput,
): Promise<{ config: MonitorConfig; readable: ReadableSource }> {
  const config = await loadConfig(ctx.db);
  const { projectId = "preview", sourceId = "preview", workspaceRoot, path } = input;
  const stored = findProject(config, projectId);
  const known = stored && findLogSource(stored, sourceId);
  const reading = input.reading && normaliseReading(setFields(input.reading) as LogReading);
  const [fault] = reading ? logReadingFaults(reading) : [];
  if (reading && fault) {
    const issues = logReadingFaults(reading);
    throw new AppError("invalid", "log_preview_invalid", `${fault.path}: ${fault.message}`, {
      field: fault.path,
      issues,
    });
  }
  const { format, minimumLevel, eventSchemaVersion } = input;
  const given = { sourceId, path, format, minimumLevel, eventSchemaVersion };
  const source = completeLogSource({ ...known, ...setFields(given), sourceId, path, reading });
  const name = input.projectName ?? projectId;
  const project = {
    ...(stored ?? completeProject({ projectId, name, repo: unassignedRepo, workspaceRoot })),
    workspaceRoot,
    logSources: [source],
  };
  const others = config.monitoredProjects.filter((each) => each.projectId !== projectId);
  return {
    config: { ...config, monitoredProjects: [...others, project] },
    readable: readableSource({ project, source }),
  };
}

/** The incidents these failures would be, each once; `indexOf` leads from a failure to its incident. */
async function wouldBe(
  ctx: Context,
  config: MonitorConfig,
  readable: ReadableSource,
  candidates: readonly LogCandidate[],
  named: boolean,
): Promise<{ shown: LogPreview["candidates"]; indexOf: Map<number, number> }> {
  const submitted = candidates.map((found) => ({
    ctx,
    incoming: watchedReport(readable, { found, generation: 0, fileId: null }, ctx.nowMs),
  }));
  const prepared = await prepareReports(submitted, config, []);
  const identities = [...new Set(prepared.map((each) => each.group.identity))];
  const live = named ? await findLiveIncidents(ctx.db, identities) : new Map<string, string>();
  const indexOf = new Map(prepared.map((each) => [each.index, identities.indexOf(each.group.identity)]));
  const shown = identities.flatMap((identity) => {
    const [first, ...more] = prepared.filter((each) => each.group.identity === identity);
    if (!first) return [];
    const { content, fingerprint } = first.group.candidate;
    return {
      title: content.title,
      fingerprint: fingerprint.value,
      wireFingerprint: fingerprint.wireValue,
      level: content.level ?? null,
      riskLevel: content.riskLevel ?? "medium",
      component: content.component ?? null,
      occurrences: more.length + 1,
      excerpt: content.excerpt,
      incidentId: live.get(identity) ?? null,
    };
  });
  return { shown, indexOf };
}

/** All texts in one pass; each is shown cut after it is redacted, so that no secret is cut in two. */
async function redactorOf(
  { binding }: ReadableSource,
  config: MonitorConfig,
  texts: readonly string[],
): Promise<(text: string) => string> {
  const safety = config.safetyDefaults;
  const profile = profileNamed(binding.redactionProfile ?? safety.redactionProfile, safety);
  const distinct = [...new Set(texts)];
  const redacted = await redactFields(
    distinct.map((text) => ({ text })),
    { structural: [] },
    profile,
  );
  const shown = new Map(
    distinct.map((text, at) => [text, truncate(redacted[at]?.value.text ?? "", textLengthMax)]),
  );
  return (text) => shown.get(text) ?? "";
}
