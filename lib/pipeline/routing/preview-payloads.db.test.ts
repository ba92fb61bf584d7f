import { beforeEach, expect, it } from "vitest";
import { routePreviewRequestSchema } from "@/lib/contracts/route-preview";
import type { Actor } from "@/lib/domain/actor";
import { configDatabase } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { aDraftRow } from "@/lib/testing/records";
import { draftReviewToWire } from "@/lib/wire/review";
import { routePreviewFromWire, routePreviewToWire } from "@/lib/wire/route-preview";
import { getDraftReview } from "../drafts/get-draft-review";
import { previewRoute } from "./preview-route";

const { db, context, patch } = configDatabase();

async function payloads(body: unknown, actor?: Actor) {
  const request = routePreviewFromWire(routePreviewRequestSchema.parse(body));
  return routePreviewToWire(await previewRoute(context(actor), request)).payloads;
}

beforeEach(async () => {
  await patch({
    destinations: [
      { destination_id: "local", name: "Local", kind: "telemetry" },
      {
        ...{ destination_id: "hook", name: "Hook", kind: "webhook" },
        ...{ webhook_url: "https://hooks.example.com/in/T0K3N", webhook_secret_ref: "env:TANDEM_HOOK" },
      },
      { destination_id: "linear", name: "Linear", kind: "linear_issue" },
    ],
    default_destination_ids: ["local", "hook"],
  });
});

it("a draft's are those of its review: what is seen here is what an approval binds", async () => {
  const draft = await aDraftRow(db(), { title: "Settlement stopped" });
  const shown = await payloads({ draft_id: draft.id });
  const review = draftReviewToWire(await getDraftReview(context(), draft.id));
  const effective = review.destinations.filter((each) => each.effective);
  expect(shown).toEqual(effective.map(({ destination_id, payload }) => ({ destination_id, payload })));
  expect(shown.map((each) => each.destination_id)).toEqual(["local", "hook"]);
  expect(await payloads({ incident_id: draft.incidentId })).toEqual(shown);
});

it("a report's are those of the draft that intake would open, redacted as there", async () => {
  const secret = ["ghp_", "R7kq2Vx9Lm4Tz8Wb3Nc6Hd1Jf5Gs0PyQaEiU"].join("");
  const report = { title: "Upload fails", detail: `token ${secret}`, event: "upload.failed", level: "error" };
  const [local, hook] = await payloads({ report });
  expect(local?.payload?.raw).toContain("Upload fails");
  expect(hook?.payload?.rendered.title).toContain("Upload fails");
  expect(JSON.stringify([local, hook])).toContain("[redacted:");
  expect(JSON.stringify([local, hook])).not.toContain(secret);
});

it("none where only single facts are given; the reason where nothing can be rendered", async () => {
  expect(await payloads({ source: "ci" })).toEqual([]);
  const [linear] = await payloads({ report: { title: "Upload fails" }, destination_ids: ["linear"] });
  expect(linear?.payload).toBeUndefined();
  expect(linear?.render_error?.message).toEqual(expect.any(String));
});

it("a webhook's path is for those who decide or configure", async () => {
  const draft = await aDraftRow(db());
  const seen = async (actor: Actor) => JSON.stringify(await payloads({ draft_id: draft.id }, actor));
  expect(await seen(actors.approver())).toContain("/in/T0K3N");
  expect(await seen(actors.viewer())).not.toContain("T0K3N");
});
