import type {
  MuteRequestWire,
  MuteWire,
  ResolutionWire,
  ResolveRequestWire,
  SnoozeRequestWire,
  SnoozeWire,
  WokeWire,
} from "@/lib/contracts/quiet";
import type { Mute, Resolution, Snooze, Woke } from "@/lib/domain/quiet";
import { present } from "./record-parts";

export const snoozeFromWire = (incidentId: string, wire: SnoozeRequestWire) => ({
  incidentId,
  untilMs: wire.until_ms ?? null,
  furtherCount: wire.further_count ?? null,
  nextRelease: wire.next_release ?? false,
  reason: wire.reason,
});
export const muteFromWire = (incidentId: string, wire: MuteRequestWire) => ({
  incidentId,
  untilMs: wire.until_ms,
  reason: wire.reason,
});
export const resolveFromWire = (incidentId: string, wire: ResolveRequestWire) => ({
  incidentId,
  release: wire.release,
  reason: wire.reason,
});

/** What an incident is quiet by, and whether it came back; what does not hold is absent. */
export function quietToWire(incident: {
  snooze: Snooze | null;
  mute: Mute | null;
  woke: Woke | null;
  resolution: Resolution | null;
}) {
  const { snooze, mute, woke, resolution } = incident;
  return present({
    snooze: snooze && snoozeToWire(snooze),
    mute: mute && muteToWire(mute),
    woke: woke && wokeToWire(woke),
    resolution: resolution && resolutionToWire(resolution),
  });
}

const snoozeToWire = (snooze: Snooze): SnoozeWire => ({
  until_next_release: snooze.untilNextRelease,
  by: snooze.by,
  at_ms: snooze.atMs,
  ...present({ until_ms: snooze.untilMs, until_count: snooze.untilCount, reason: snooze.reason }),
});
const muteToWire = (mute: Mute): MuteWire => ({
  until_ms: mute.untilMs,
  by: mute.by,
  at_ms: mute.atMs,
  ...present({ reason: mute.reason }),
});
const wokeToWire = ({ from, why, atMs }: Woke): WokeWire => ({
  from,
  code: why.code,
  message: why.message,
  at_ms: atMs,
});
const resolutionToWire = (resolution: Resolution): ResolutionWire => ({
  at_ms: resolution.atMs,
  how: resolution.how,
  ...present({
    by: resolution.by,
    reason: resolution.reason,
    release: resolution.release,
    came_back_at_ms: resolution.cameBackAtMs,
    came_back_release: resolution.cameBackRelease,
  }),
});
