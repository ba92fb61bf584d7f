import { expect, it } from "vitest";
import type { DestinationKind } from "./config";
import { proposalMissing } from "./proposal-need";

const draft = { triage: "none", issue: "none", newestDelivery: null, triageRunId: null } as const;
const at = (kind: DestinationKind) => ({ destinationId: "there", kind });

it.each<[string, Parameters<typeof proposalMissing>, string | null]>([
  ["GitHub without a run", [draft, false, at("github_issue")], "triage_required"],
  ["Linear without a run", [draft, false, at("linear_issue")], "triage_required"],
  ["with an issue draft", [draft, true, at("github_issue")], null],
  ["a run that waits", [{ ...draft, triage: "queued" }, false, at("github_issue")], "triage_under_way"],
  ["a run under way", [{ ...draft, triage: "running" }, false, at("linear_issue")], "triage_under_way"],
  [
    "an earlier issue draft while another run is under way",
    [{ ...draft, triage: "running" }, true, at("github_issue")],
    null,
  ],
  [
    "stopped by the gate",
    [{ ...draft, triage: "blocked", issue: "blocked" }, false, at("github_issue")],
    "proposal_blocked",
  ],
  ["timed out", [{ ...draft, triage: "timed_out" }, false, at("github_issue")], "triage_required"],
  [
    "filed there before there was any triage",
    [{ ...draft, newestDelivery: { destinationId: "there", state: "published" } }, false, at("github_issue")],
    null,
  ],
  [
    "filed there before, and looked into since without a proposal",
    [
      { ...draft, triageRunId: "run-1", newestDelivery: { destinationId: "there", state: "published" } },
      false,
      at("github_issue"),
    ],
    "triage_required",
  ],
  [
    "filed elsewhere before",
    [{ ...draft, newestDelivery: { destinationId: "other", state: "published" } }, false, at("github_issue")],
    "triage_required",
  ],
  ...(["webhook", "telemetry", "internal_memory", "mcp_tool"] as const).map(
    (kind): [string, Parameters<typeof proposalMissing>, null] => [
      `${kind} needs none`,
      [draft, false, at(kind)],
      null,
    ],
  ),
])("%s", (_, given, code) => {
  expect(proposalMissing(...given)?.code ?? null).toBe(code);
});

it("says what the gate said", () => {
  const blocked = { ...draft, issue: "blocked", issueBlockedReason: "No steps" } as const;
  expect(proposalMissing(blocked, false, at("github_issue"))?.message).toContain("No steps");
});
