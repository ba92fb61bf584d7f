import type { RedactionRunWire, RereadingPreviewWire } from "@/lib/contracts/redaction";
import type { RedactionRun, RedactionRunCounts } from "@/lib/domain/redaction-run";
import { snakeName } from "./casing";
import { present } from "./record-parts";

export function redactionRunToWire(run: RedactionRun): RedactionRunWire {
  return {
    ...{ run_id: run.runId, trigger: run.trigger, actor: run.actor, rules_version: run.rulesVersion },
    ...{ state: run.state, examined: countsToWire(run.examined), changed: countsToWire(run.changed) },
    ...{ frozen: countsToWire(run.frozen), held_back: countsToWire(run.heldBack) },
    ...{ approvals_voided: run.approvalsVoided, started_at_ms: run.startedAtMs },
    ...present({
      place: run.place && snakeName(run.place),
      ...{ error: run.error, ended_at_ms: run.endedAtMs },
    }),
  };
}

type Preview = {
  rulesVersion: number;
  readVersion: number;
  places: ReadonlyArray<{
    place: string;
    rows: number;
    examined: number;
    wouldChange: number;
    frozen: number;
    held: number;
  }>;
};

export function rereadingPreviewToWire(preview: Preview): RereadingPreviewWire {
  return {
    ...{ rules_version: preview.rulesVersion, read_version: preview.readVersion },
    places: preview.places.map(({ place, rows, examined, wouldChange, frozen, held }) => ({
      ...{ place: snakeName(place), rows, examined, would_change: wouldChange, frozen, held_back: held },
    })),
  };
}

const countsToWire = (counts: RedactionRunCounts): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([place, count]) => [snakeName(place), count ?? 0]));
