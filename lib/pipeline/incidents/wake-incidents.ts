import { familyOf } from "@/lib/db/incident-store";
import { findStirring, type QuietChange, type Stirring, settleStirring } from "@/lib/db/quiet-store";
import { firstSightingSince, readReleases } from "@/lib/db/release-store";
import { inTransaction } from "@/lib/db/transaction";
import { cameBack, type Woke, wakeOf } from "@/lib/domain/quiet";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { tryEach } from "../try-each";
import { announceIncident } from "./move-members";
import { incidentSubject } from "./require-incident";

const pageMax = 200;

export type Stirred = { woken: number; cameBack: number };

/** Ends what is over of snoozes and mutes, saying why, and marks what came back after it was resolved. */
export async function wakeIncidents(ctx: Context): Promise<Stirred> {
  await authorize(ctx, "work", { kind: "incidents", id: "wake" });
  const done: Stirred = { woken: 0, cameBack: 0 };
  const stirred: Stirring[] = [];
  let page: Stirring[] = [];
  do {
    const afterId = page.at(-1)?.incidentId ?? "";
    page = await findStirring(ctx.db, ctx.nowMs, { afterId, limit: pageMax });
    stirred.push(...page);
  } while (page.length === pageMax && !ctx.services.stopping?.aborted);
  await tryEach(stirred, async (incident) => {
    const settled = await settle(ctx, incident);
    if (settled.woke) done.woken += 1;
    if (settled.cameBack) done.cameBack += 1;
  });
  return done;
}

async function settle(ctx: Context, incident: Stirring): Promise<{ woke: Woke | null; cameBack: boolean }> {
  const { snooze, resolution } = incident;
  const family = await familyOf(ctx.db, incident.incidentId);
  const releases = snooze?.untilNextRelease ? await readReleases(ctx.db, family) : [];
  const newRelease = releases.find((each) => snooze && each.firstSeenAtMs > snooze.atMs)?.release ?? null;
  const woke = wakeOf({ ...incident, newRelease }, ctx.nowMs);
  const back =
    resolution && resolution.cameBackAtMs === null && incident.lastSeenAtMs > resolution.atMs
      ? cameBack(resolution, await firstSightingSince(ctx.db, family, resolution.atMs))
      : null;
  if (!woke && !back) return { woke: null, cameBack: false };
  const change: QuietChange = {
    ...(woke?.from === "snooze" && { snooze: null }),
    ...(woke?.from === "mute" && { mute: null }),
    ...(woke && { woke }),
    ...(back && { resolution: back }),
  };
  const subject = incidentSubject(incident);
  const settled = await inTransaction(ctx.db, async (tx) => {
    if (!(await settleStirring(tx, incident, change, new Date(ctx.nowMs)))) return false;
    if (woke) {
      const detail = { from: woke.from, why: woke.why.code };
      await recordAudit(tx, ctx, { action: "incident_monitor.incident.woken", subject, detail });
    }
    if (back) {
      const detail = { after_ms: (back.cameBackAtMs ?? 0) - back.atMs };
      await recordAudit(tx, ctx, { action: "incident_monitor.incident.came_back", subject, detail });
    }
    await announceIncident(tx, incident);
    return true;
  });
  return settled ? { woke, cameBack: back !== null } : { woke: null, cameBack: false };
}
