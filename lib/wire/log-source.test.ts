import { describe, expect, it } from "vitest";
import { logFieldSchema, logFormatSchema } from "@/lib/contracts/config-values";
import * as preview from "@/lib/contracts/log-preview";
import * as contract from "@/lib/contracts/log-source";
import { logFields, logFormats, quarantineReasons } from "@/lib/domain/log-reading";
import { quarantineOutcomes } from "@/lib/domain/log-source-answers";
import { logSourceHealth } from "@/lib/domain/log-source-health";
import { type LogPreview, logSourceErrorCodes, logSourceHealthStates } from "@/lib/domain/log-source-state";
import { aLogSource } from "@/lib/testing/configs";
import { departures } from "@/lib/testing/departures";
import {
  backfilledToWire,
  logPreviewToWire,
  logSourceHealthToWire,
  logSourceStateToWire,
  previewFromWire,
  replayedQuarantineToWire,
} from "./log-source";

it("the wire's words are the domain's", () => {
  expect(logFormatSchema.options).toEqual([...logFormats]);
  expect(logFieldSchema.options).toEqual([...logFields]);
  expect(contract.logSourceHealthStates).toEqual(logSourceHealthStates);
  expect(contract.logSourceErrorCodes).toEqual(logSourceErrorCodes);
  expect(contract.quarantineReasons).toEqual(quarantineReasons);
  const outcome = contract.replayQuarantineResponseSchema.shape.results.element.shape.outcome;
  expect(outcome.options).toEqual([...quarantineOutcomes]);
});

describe("answers", () => {
  it("health of a source that nobody looked at: nothing is null, nothing is left over", () => {
    const health = logSourceHealth("shop", {
      ...{ source: aLogSource(), stopped: null, standing: null, watched: true },
      ...{ openQuarantined: 0, freshnessSlaMs: null, nowMs: 1_000 },
    });
    const wire = logSourceHealthToWire(health);
    expect(departures(contract.logSourceHealthSchema, wire)).toEqual([]);
    expect(JSON.stringify(wire)).not.toContain("null");
    expect(wire).toMatchObject({ state: "waiting", advice: expect.any(String) });
  });

  it("a state's fingerprints keep their names, and what is unset is absent (5.18)", () => {
    const wire = logSourceStateToWire({
      ...{
        projectId: "shop",
        sourceId: "api",
        path: "a.log",
        offset: 0,
        updatedAtMs: 5,
        consecutiveErrors: 0,
      },
      ...{ totalBytesRead: 9, totalCandidates: 2, totalSubmitted: 1, positionedAtMs: 5 },
      recentFingerprints: { "Upper-Case_print": 4 },
      ...{ inode: null, partialLine: null, partialLineOffsetStart: null, lastError: null },
    });
    expect(wire).toEqual({
      ...{ project_id: "shop", source_id: "api", path: "a.log", offset: 0, updated_at_ms: 5 },
      ...{ consecutive_errors: 0, total_bytes_read: 9, total_candidates: 2, total_submitted: 1 },
      recent_fingerprints: { "Upper-Case_print": 4 },
      positioned_at_ms: 5,
    });
  });

  it("a backfill and a replayed quarantine", () => {
    const counts = {
      bytes: 1,
      lines: 1,
      candidates: 1,
      alreadyCounted: 0,
      merged: 1,
      newIncidents: 0,
      untimed: 0,
    };
    const names = { projectId: "shop", sourceId: "api", dryRun: true };
    const file = { path: "a.log.1", size: 1, bytes: 0, candidates: 0 };
    const backfilled = backfilledToWire({
      ...{ ...counts, ...names, fromMs: 1, toMs: 2, nextCursor: "c" },
      files: [
        { ...file, skipped: "It is still being read" },
        { ...file, skipped: null },
      ],
    });
    expect(departures(contract.backfillLogSourceResponseSchema, backfilled)).toEqual([]);
    expect(backfilled.files.map((each) => "skipped" in each)).toEqual([true, false]);
    const replayed = replayedQuarantineToWire({
      ...{ ...names, submitted: 1, alreadyCounted: 0, stillQuarantined: 0, dropped: 0, more: false },
      results: [{ quarantineId: "q", outcome: "submitted", incidentId: "i", detail: null }],
    });
    expect(departures(contract.replayQuarantineResponseSchema, replayed)).toEqual([]);
    expect(replayed.results).toEqual([{ quarantine_id: "q", outcome: "submitted", incident_id: "i" }]);
  });

  it("a preview says null where nothing is known", () => {
    const shown: LogPreview = {
      ...{
        path: "a.log",
        fileSize: 3,
        modifiedAtMs: 5,
        detectedFormat: null,
        foundFields: [],
        candidates: [],
      },
      lines: [
        {
          ...{ text: "x", offsetStart: 0, format: null, level: null, message: null, component: null },
          ...{ occurredAtMs: null, candidate: null, verdict: "not_a_record" },
        },
      ],
    };
    expect(departures(preview.logPreviewSchema, logPreviewToWire(shown))).toEqual([]);
  });
});

it("a preview's request: null is absent, and the keys of a mapping keep their names", () => {
  const body = preview.previewLogSourceSchema.parse({
    ...{ workspace_root: "/w", path: "a.log", project_id: null, minimum_level: "warn" },
    reading: { field_mapping: { risk_level: ["alert.risk"] }, max_line_bytes: null },
  });
  expect(previewFromWire(body)).toEqual({
    ...{ workspaceRoot: "/w", path: "a.log", minimumLevel: "warn" },
    reading: { fieldMapping: { risk_level: ["alert.risk"] }, maxLineBytes: null },
  });
});
