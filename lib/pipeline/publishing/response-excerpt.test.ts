import { expect, it } from "vitest";
import { signatureHeaders } from "@/lib/destinations/webhook-signature";
import { safeExcerpt } from "./response-excerpt";

const headers: Record<string, string> = {
  "content-type": "application/json",
  ...signatureHeaders({
    secrets: ["a-shared-secret-of-some-length", "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ="],
    deliveryId: "bmwh_1",
    timestampMs: 1_767_225_600_999,
    body: "{}",
  }),
};
const tandem = headers["x-tandem-signature"]?.split(",").map((each) => each.replace(/^v1=/, "")) ?? [];
const standard = headers["webhook-signature"]?.split(" ").map((each) => each.replace(/^v1,/, "")) ?? [];
const ours = [...tandem.slice(1), ...standard];

it.each<[string, string]>([
  ["as JSON", JSON.stringify({ you_sent: headers })],
  ["as JSON with escaped slashes", JSON.stringify({ you_sent: headers }).replaceAll("/", "\\/")],
  [
    "as header lines",
    Object.entries(headers)
      .flatMap(([name, value]) => `${name}: ${value}`)
      .join("\n"),
  ],
  ["as bare values", `${headers["x-tandem-signature"]} | ${headers["webhook-signature"]}`],
  ["cut off", `got ${headers["x-tandem-signature"]?.slice(0, 60)}`],
])("a receiver that quotes our headers %s tells nobody our signatures", (_, received) => {
  expect(ours).toHaveLength(4);
  const shown = safeExcerpt(received);
  for (const signature of ours) expect(shown.replaceAll("\\/", "/")).not.toContain(signature.slice(0, 20));
});

it("leaves other words alone, and nothing that a database refuses", () => {
  expect(safeExcerpt("accepted by api v1, thanks for v1=latest\u0000")).toBe(
    "accepted by api v1, thanks for v1=latest\uFFFD",
  );
});
