import fc from "fast-check";
import { expect, it } from "vitest";
import { type RoutePreviewWire, routePreviewRequestSchema } from "@/lib/contracts/route-preview";
import { configDatabase } from "@/lib/testing/config-database";
import { aDraftRow } from "@/lib/testing/records";
import { routePreviewFromWire, routePreviewToWire } from "@/lib/wire/route-preview";
import { AppError } from "../errors";
import { publishDraft } from "../publishing/publish-draft";
import { previewRoute } from "./preview-route";

const { db, context, patch } = configDatabase();

const ids = ["one", "two", "three"];
const id = fc.constantFrom(...ids, ...ids, "gone");
const policy = fc.constantFrom("inherit", "inherit", "always", "high_risk", "never", "never");
const component = fc.constantFrom("api", "api-gateway", "worker");
const destination = fc.record({
  kind: fc.constantFrom(...Array<string>(6).fill("telemetry"), "webhook"),
  enabled: fc.constantFrom(...Array<boolean>(7).fill(true), false),
  require_approval: fc.constantFrom(...Array<boolean>(7).fill(false), true),
});
const condition = fc.oneof(
  fc.record({
    field: fc.constant("title"),
    op: fc.constant("regex"),
    values: fc.constant(["time.?out"]),
    negate: fc.boolean(),
  }),
  fc.record({
    field: fc.constant("component"),
    op: fc.constantFrom("prefix", "glob"),
    values: fc.constant(["api"]),
    negate: fc.boolean(),
  }),
  fc.record({
    field: fc.constant("risk_level"),
    op: fc.constantFrom("at_least", "at_most"),
    value: fc.constant("high"),
  }),
  fc.record({
    field: fc.constant("occurrence_count"),
    op: fc.constant("at_least"),
    value: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ field: fc.constant("provenance"), op: fc.constant("equals"), values: fc.constant(["report"]) }),
);
const window = fc.record({
  zone: fc.constantFrom("UTC", "Asia/Tokyo"),
  from: fc.constantFrom("00:00", "11:00", "18:00"),
  to: fc.constantFrom("06:00", "13:00", "24:00"),
});
const route = fc.record({
  enabled: fc.constantFrom(true, true, true, false),
  priority: fc.integer({ min: 0, max: 2 }),
  destination_ids: fc.array(id, { maxLength: 3 }),
  approval_policy: policy,
  match_components: fc.oneof(fc.constant([]), fc.constant([]), fc.array(component, { maxLength: 2 })),
  conditions: fc.array(condition, { maxLength: 2 }),
  active_windows: fc.oneof(fc.constant([]), fc.constant([]), fc.array(window, { maxLength: 1 })),
  continue: fc.boolean(),
  mode: fc.constantFrom("live", "live", "live", "shadow"),
});
const configuration = fc.record({
  destinations: fc.array(destination, { minLength: 2, maxLength: 3 }),
  routes: fc.array(route, { maxLength: 5 }),
  default_destination_ids: fc.oneof(fc.subarray(ids.slice(0, 2)), fc.constant(ids.slice(0, 2))),
  require_approval_for_new_issues: fc.boolean(),
  high_risk_default: fc.boolean(),
  project: fc.record({ approval_policy: policy, allowed_destination_ids: fc.subarray(ids.slice(0, 2)) }),
});
const record = fc.record({
  title: fc.constantFrom("Time out in the pool", "Disk full"),
  component,
  riskLevel: fc.constantFrom("low", "medium", "high", "critical"),
  occurrenceCount: fc.integer({ min: 1, max: 3 }),
  bound: fc.boolean(),
});
type Made<A> = A extends fc.Arbitrary<infer Value> ? Value : never;

function patchOf({ project, high_risk_default, destinations, routes, ...rest }: Made<typeof configuration>) {
  return {
    ...rest,
    destinations: destinations.map((row, n) => ({ ...row, destination_id: ids[n], name: ids[n] })),
    routes: routes.map((row, n) => ({ ...row, route_id: `r${n}`, name: `R${n}` })),
    safety_defaults: { require_approval_for_high_risk: high_risk_default },
    monitored_projects: [
      {
        ...project,
        project_id: "shop",
        name: "Shop",
        repo: "acme/shop",
        workspace_root: "/workspace/repos/shop",
      },
    ],
  };
}

/** A fresh draft, as intake would leave it when nothing asked for approval then. */
async function draftOf({ bound, occurrenceCount, ...fields }: Made<typeof record>): Promise<string> {
  const place = bound ? { projectId: "shop", sourceApprovalPolicy: "never" } : {};
  const draft = await aDraftRow(db(), { ...fields, ...place });
  await db().prisma.incident.update({ where: { id: draft.incidentId }, data: { occurrenceCount } });
  return draft.id;
}

/** What publishing does, told by what a preview of the same draft said. */
function foretold(preview: RoutePreviewWire): { action: string; destinations: string[] } {
  const kept = preview.readiness.filter(
    (row) =>
      !preview.blocked_reasons.some(
        (words) => words === `Destination \`${row.destination_id}\` is not allowed by source binding`,
      ),
  );
  if (kept.length === 0) return { action: "refused", destinations: [] };
  if (preview.approval_required) return { action: "approval_required", destinations: [] };
  const ready = kept.filter((row) => row.publish_ready).map((row) => row.destination_id);
  return ready.length > 0
    ? { action: "queued", destinations: ready }
    : { action: "refused", destinations: [] };
}

async function published(draftId: string): Promise<{ action: string; destinations: string[] }> {
  try {
    const result = await publishDraft(context(), { draftId, destinationIds: [] });
    const queued = result.action === "queued" ? result.queued : [];
    return { action: result.action, destinations: queued.map((each) => each.delivery.destinationId) };
  } catch (error) {
    if (error instanceof AppError && error.reason === "publish_blocked")
      return { action: "refused", destinations: [] };
    throw error;
  }
}

it("case 71: for any configuration, publishing does what the preview said", {
  timeout: 120_000,
}, async () => {
  const seen = new Map<string, number>();
  const also = { joined: 0, shadow: 0, several: 0 };
  await fc.assert(
    fc.asyncProperty(configuration, record, async (settings, subject) => {
      await patch(patchOf(settings));
      const draftId = await draftOf(subject);
      const request = routePreviewRequestSchema.parse({ draft_id: draftId });
      const preview = routePreviewToWire(await previewRoute(context(), routePreviewFromWire(request)));
      const expected = foretold(preview);
      expect(await published(draftId)).toEqual(expected);
      seen.set(expected.action, (seen.get(expected.action) ?? 0) + 1);
      also.joined += Number(preview.contributing_route_ids.length > 1);
      also.shadow += Number(preview.shadow.length > 0);
      also.several += Number(expected.destinations.length > 1);
    }),
    // One seed: what must have been among them is told below.
    { numRuns: 200, seed: 20261126 },
  );
  // Every way it can end was among them, and so were fan-out and shadow routes.
  for (const action of ["queued", "approval_required", "refused"])
    expect(seen.get(action)).toBeGreaterThan(5);
  expect(Math.min(also.joined, also.shadow, also.several)).toBeGreaterThan(2);
});
