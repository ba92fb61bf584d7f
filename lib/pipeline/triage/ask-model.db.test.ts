import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ModelEndpoint, startModelEndpoint } from "@/e2e/fakes/model-endpoint";
import { goodAnswer, modelKey } from "@/e2e/fakes/model-ground";
import { listTriageArtifacts } from "@/lib/db/triage-store";
import type { Proposal } from "@/lib/domain/triage";
import { type ClosableSafeFetch, createSafeFetch } from "@/lib/net/safe-fetch";
import { createTriageGround, type TriageGround } from "@/lib/testing/triage-run-ground";
import { getStatus } from "../settings/get-status";
import { createTriageRun } from "./create-triage-run";
import { enrichers } from "./enrichers";
import { getDraftTriage } from "./get-draft-triage";
import { valueOf } from "./make-artifact";

let ground: TriageGround;
let endpoint: ModelEndpoint;
let fetch: ClosableSafeFetch;
let folder: string;
let suspect: string;
let newestDraftId = "";
const model = { url: "", keyRef: "env:INCIDENT_MONITOR_SECRET_MODEL" };

const budget = { cost_max: 1, input_price_per_million: 3, output_price_per_million: 15 };
const policy = (triage: Record<string, unknown>) => ({
  default_model: { provider_id: "local", model_id: "test-model" },
  triage,
});

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-model-")));
  suspect = makeProject(join(folder, "shop"));
  endpoint = await startModelEndpoint({ key: modelKey });
  model.url = endpoint.url;
  fetch = createSafeFetch();
  ground = await createTriageGround({
    ...{ fetch, model, allowedRoots: [folder], privateNetworks: ["127.0.0.0/8"] },
    resolveSecret: (reference) =>
      reference === model.keyRef
        ? { ok: true, values: [modelKey] }
        : { ok: false, reason: { code: "secret_unset", message: "not set" } },
  });
});
afterAll(async () => {
  await ground.close();
  await fetch.close();
  await endpoint.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  endpoint.requests.length = 0;
  endpoint.otherwise = { kind: "say", text: JSON.stringify(goodAnswer(suspect)) };
});

function makeProject(root: string): string {
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", root, "-c", "user.name=Ada", "-c", "user.email=ada@example.test", ...args], {
      encoding: "utf8",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    }).trim();
  mkdirSync(join(root, "src"), { recursive: true });
  const write = (lines: string[]) => writeFileSync(join(root, "src", "cart.py"), `${lines.join("\n")}\n`);
  git("init", "--quiet");
  write([
    "def total(items, voucher=None):",
    "    subtotal = sum(items)",
    "    # optional",
    "    return subtotal",
  ]);
  git("add", "--all");
  git("commit", "--quiet", "-m", "Cart");
  write([
    ...["def total(items, voucher=None):", "    subtotal = sum(items)", "    # optional"],
    "    return subtotal - voucher.amount",
  ]);
  git("commit", "--quiet", "--all", "-m", "Take vouchers off the total");
  return git("rev-parse", "HEAD");
}

async function proposalOf(modelPolicy: unknown): Promise<Proposal> {
  await ground.patch({ modelPolicy, workspaceRoot: join(folder, "shop") });
  await ground.clear();
  const draft = await ground.draft({
    title: "AttributeError: 'NoneType' object has no attribute 'amount'",
    detail: [
      "Traceback (most recent call last):",
      '  File "/srv/shop/src/cart.py", line 4, in total',
      "    return subtotal - voucher.amount",
      "AttributeError: 'NoneType' object has no attribute 'amount'",
      "password=hunter2-hunter2",
    ].join("\n"),
  });
  newestDraftId = draft.draftId;
  await createTriageRun(ground.ctx(), { draftId: draft.draftId });
  const [run] = await ground.claim("w1");
  if (!run) throw new Error("nothing to claim");
  expect(await ground.work(run, enrichers)).toBe("ended");
  const artifacts = await listTriageArtifacts(ground.db, run.runId);
  const found = artifacts.find((each) => each.type === "incident_monitor_fix_proposal");
  if (!found) throw new Error("no proposal");
  return valueOf<Proposal>(found);
}

describe("a model in triage", () => {
  it("is off by default: nobody is asked, and nothing is said of it", async () => {
    const proposal = await proposalOf(policy({ budget }));
    expect(proposal.model).toBeUndefined();
    expect(endpoint.requests).toEqual([]);
    expect((await getStatus(ground.ctx())).readiness.selectedModelReady).toBe(false);
  });

  it("adds its opinion beside what the rules found, redacted and with its evidence checked", async () => {
    const alone = await proposalOf(policy({ budget }));
    const proposal = await proposalOf(policy({ enabled: true, budget }));
    expect(proposal.model).toMatchObject({
      outcome: "analysed",
      opinion: {
        likelyCause: { certainty: "model", statement: expect.stringContaining("voucher") },
        suspectCommit: expect.stringMatching(/^[0-9a-f]{7,}/),
      },
    });
    const { likelyCause, recommendedFix, fixPoints, riskLevel, labels, patch, findings } = alone;
    expect(proposal).toMatchObject({
      likelyCause,
      recommendedFix,
      fixPoints,
      riskLevel,
      labels,
      patch,
      findings,
    });
    const shown = await getDraftTriage(ground.ctx(), newestDraftId);
    const { inputTokens, outputTokens } = proposal.model?.usage ?? { inputTokens: 0, outputTokens: 0 };
    expect(inputTokens).toBeGreaterThan(0);
    expect(shown.answer.run?.model).toEqual({
      ...{ provider: proposal.model?.host, id: "test-model" },
      ...{ promptTokens: inputTokens, completionTokens: outputTokens },
    });
    expect(JSON.stringify(endpoint.requests.map(({ rawBody }) => rawBody))).not.toContain("hunter2");
    expect(JSON.stringify(proposal)).not.toContain(modelKey);
    expect((await getStatus(ground.ctx())).readiness.selectedModelReady).toBe(true);
  });

  it("reads code and commits of the project through its tools, and nothing outside of it", async () => {
    const read = { name: "readCode", arguments: { path: "src/cart.py", from: 1, to: 4 } };
    const outside = { name: "readCode", arguments: { path: "../../etc/passwd", from: 1, to: 4 } };
    const commit = { name: "readCommit", arguments: { hash: suspect } };
    const searched = { name: "searchCode", arguments: { text: "voucher.amount" } };
    endpoint.script({ kind: "call", calls: [read, outside, commit, searched] });
    const { model: said } = await proposalOf(policy({ enabled: true, budget }));
    expect(said?.toolUses.map(({ tool, outcome }) => [tool, outcome])).toEqual([
      ...[
        ["readCode", "read"],
        ["readCode", "refused"],
        ["readCommit", "read"],
        ["searchCode", "read"],
      ],
    ]);
    const answers = endpoint.requests.at(-1)?.rawBody ?? "";
    expect(answers).toContain("return subtotal - voucher.amount");
    expect(answers).not.toContain("root:");
  });

  it("that is not set up, or does not answer, leaves the proposal as the rules made it", async () => {
    const unready = await proposalOf(policy({ enabled: true }));
    expect(unready.model).toBeUndefined();
    expect(unready.lookedAt.at(-1)).toMatchObject({ what: "a model's opinion", outcome: "refused" });
    expect(endpoint.requests).toEqual([]);
    endpoint.otherwise = { kind: "status", status: 500 };
    const failed = await proposalOf(policy({ enabled: true, budget }));
    expect(failed).toMatchObject({ likelyCause: unready.likelyCause, model: { outcome: "failed" } });
  });
});
