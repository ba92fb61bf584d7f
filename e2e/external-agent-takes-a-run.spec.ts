import type { ClaimedTriageRunWire } from "@/lib/contracts/triage-agent";
import { expectAccessible } from "./support/accessible";
import { expectNoSidewaysScroll, expectNothingBeyondPane } from "./support/layout";
import type { Monitor } from "./support/monitor";
import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";
import { reportBroken, triageOf } from "./support/triage";

const evidence = [{ kind: "code", path: "src/cart.js", from_line: 5, to_line: 5 }];
const opinion = (statement: string) => ({ certainty: "fact", confidence: "high", statement, evidence });

/** What an agent hands in, phase by phase; it calls its opinions facts. */
const artifacts = {
  inspect: {
    looked_at: [{ what: "src/cart.js", outcome: "read" }],
    findings: [opinion("The discount of an item may be missing.")],
    windows: [
      {
        path: "src/cart.js",
        from_line: 4,
        focus_line: 5,
        lines: ["function lineTotal(item) {", "  const discount = item.discount.percent;"],
      },
    ],
  },
  research: { looked_at: [{ what: "git log", outcome: "read" }], findings: [opinion("It was so before.")] },
  validate: {
    confidence: "medium",
    claims: [{ ...opinion("The line can fail so."), verdict: "holds" }],
    findings: [opinion("The trace names this line.")],
  },
  propose: {
    likely_cause: "The discount is read of an item that has none.",
    recommended_fix: "Treat a missing discount as none.",
    fix_points: [{ path: "src/cart.js", line: 5, why: "Here it is read" }],
    reproduction: ["Total a cart with an item that has no discount"],
    acceptance_criteria: ["A cart without discounts has a total"],
    verification_steps: ["Run the checkout"],
    findings: [opinion("The fix is one line.")],
  },
};
type Phase = keyof typeof artifacts;

const markup = "<img src=x onerror=document.title=1>";
const endless = "W".repeat(900);
const hostile = `${markup} ${endless} \u202e[a](javascript:alert(1))`.slice(0, 990);
const claim = {
  rule: endless.slice(0, 190),
  confidence: "low",
  statement: hostile,
  evidence: [
    { kind: "code", path: endless, from_line: 1, to_line: 2 },
    { kind: "issue", reference: endless, url: "javascript:alert(1)" },
    { kind: "commit", hash: "W".repeat(90) },
  ],
};
const hostileArtifacts = {
  inspect: {
    looked_at: [{ what: endless, outcome: "refused", note: endless }],
    findings: [claim],
    frames: [{ text: endless, depth: 0, origin: "app", state: "resolved", path: endless, line: 1 }],
    windows: [
      {
        path: endless,
        from_line: 1,
        focus_line: 1,
        lines: [hostile, endless],
        enclosing: { name: endless, kind: "function", from_line: 1, to_line: 2 },
      },
    ],
    mentions: [{ path: endless, because: "names_component", text: endless }],
    log_neighbours: [endless],
  },
  research: {
    findings: [claim],
    history: {
      state: "read",
      suspects: [
        {
          hash: "W".repeat(90),
          author: endless,
          authored_at_ms: 1,
          committed_at_ms: 1,
          subject: hostile,
          rank: 1,
          score: 1,
          confidence: "low",
          because: [endless],
          changes: [{ path: endless, from_line: 1, to_line: 1, removed: [hostile], added: [endless] }],
        },
      ],
    },
    similar: [
      {
        kind: "issue",
        id: endless,
        title: hostile,
        match: "similar_words",
        score: 1,
        outcome: endless,
        url: "javascript:alert(1)",
      },
    ],
  },
  validate: {
    claims: [{ ...claim, verdict: "refuted" }],
    contradictions: [hostile],
    confidence_because: [endless],
    findings: [claim],
  },
  propose: {
    likely_cause: hostile,
    recommended_fix: endless,
    fix_points: [{ path: endless, line: 1, why: endless }],
    acceptance_criteria: [hostile],
    verification_steps: [endless],
    labels: ["W".repeat(99)],
    patch: { path: endless, rule: endless, removed: [hostile], added: [endless], from_line: 1 },
    findings: [claim],
  },
};

test("an external agent takes a run, hands in what it found, and may lose it to a person", async ({
  page,
  monitor,
  logRoot,
  marker,
}) => {
  const { draftId, bug } = await reportBroken(monitor, {
    ...{ logRoot, project: `agent-${marker}`, marker, destinationIds: ["local-telemetry"] },
  });
  await openPage(page, `/drafts/${draftId}`);
  const triage = page.getByRole("region", { name: "Triage", exact: true });
  const phases = triage.getByRole("list", { name: "Phases" });
  const start = async () => {
    const wanted = { executor: "agent" };
    const answer = await monitor.call<{ run: { run_id: string } }>(
      ...(["POST", `/incident-monitor/drafts/${draftId}/triage-run`, wanted] as const),
    );
    return answer.body.run.run_id;
  };
  let agent: ReturnType<typeof agentOf>;

  await test.step("a run that is kept for an agent says so, and until when", async () => {
    agent = agentOf(monitor, await start());
    await expect(triage).toContainText("Kept for an external agent.");
    await expectAccessible(page, "a run that is kept for an agent");
  });

  await test.step("claimed, the page says who has it and until when; heartbeats move that", async () => {
    await agent.claim(60_000);
    await expect(triage).toContainText("has this run.");
    const until = triage.locator("[data-slot=alert] time").last();
    const before = (await until.getAttribute("datetime")) ?? "";
    await agent.heartbeat(600_000);
    await expect(until).not.toHaveAttribute("datetime", before);
    await agent.submit("inspect");
    await expect(phases.getByRole("listitem").filter({ hasText: /^Inspectdone/ })).toBeVisible();
    await expectAccessible(page, "a run that an agent has");
  });

  await test.step("what it calls a fact is kept as model text", async () => {
    const inspect = phases.getByRole("listitem").filter({ hasText: /^Inspect/ });
    await inspect.locator("summary").filter({ hasText: "by an external agent" }).click();
    const finding = inspect
      .getByRole("listitem")
      .filter({ hasText: "The discount of an item may be missing." });
    await expect(finding).toContainText("Model text");
    await expect(finding).not.toContainText("Fact");
  });

  await test.step("a person takes it back, and the agent can write nothing more", async () => {
    await triage.getByRole("button", { name: /^Take it back/ }).click();
    const question = page.getByRole("alertdialog", { name: /^Take the run back from/ });
    await expectAccessible(page, "taking a run back");
    await question.getByRole("button", { name: "Take it back" }).click();
    await expect(triage).toContainText("Looked into");
    const refused = await agent.send("artifacts", { phase: "research", artifact: artifacts.research });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: "INCIDENT_MONITOR_TRIAGE_CLAIM_LOST" });
    // What the agent handed in stays; a worker did the rest.
    const { phases: results } = await triageOf(monitor, draftId);
    expect(results.inspect?.made_by).toBe("agent");
    expect(results.research?.made_by).toBe("enrichers");
  });

  await test.step("another run it does to its end, and it is judged as any other", async () => {
    agent = agentOf(monitor, await start());
    await agent.claim(600_000);
    const incomplete = await agent.send("complete", {});
    expect(incomplete.body).toMatchObject({ code: "INCIDENT_MONITOR_TRIAGE_PHASES_MISSING" });
    for (const phase of Object.keys(artifacts) as Phase[]) await agent.submit(phase);
    await expect(phases.getByRole("listitem").filter({ hasText: /^Proposedone/ })).toBeVisible();
    expect((await agent.send("complete", {})).status).toBe(200);
    await expect(triage).toContainText("Looked into");
    const cause = page.getByRole("region", { name: "Likely cause", exact: true });
    await expect(cause).toContainText("The discount is read of an item that has none.");
    await expect(cause).toContainText("Model text");
    await expect(page.getByRole("region", { name: `Code of ${bug.path}:5`, exact: true })).toBeVisible();
    await expect(page.getByRole("region", { name: "Code", exact: true })).toContainText(
      "Model texthanded in by an external agent, not read here",
    );
    await expectAccessible(page, "what an agent found");
  });
});

test("a run that an agent lets run out of time leaves the draft to be reviewed, and sends nothing", async ({
  page,
  monitor,
  keptConfig: _,
  marker,
}) => {
  await monitor.patchConfig({ triage_timeout_ms: 1_000 });
  const { draft_id } = await monitor.report({
    title: `Mail${marker} is not delivered`,
    detail: "None since noon.",
    event: "mail.undelivered",
  });
  await openPage(page, `/drafts/${draft_id}`);
  const made = await monitor.call<{ run: { run_id: string } }>(
    ...(["POST", `/incident-monitor/drafts/${draft_id}/triage-run`, { executor: "agent" }] as const),
  );
  const agent = agentOf(monitor, made.body.run.run_id);
  await agent.claim(600_000);
  const triage = page.getByRole("region", { name: "Triage", exact: true });
  await expect(triage).toContainText("Triage timed out");
  await expect(triage).toContainText("Ran out of time");
  await expect(page.getByRole("listitem").filter({ hasText: /^Triage, failedtimed out/ })).toBeVisible();
  await expectAccessible(page, "a draft whose triage timed out");
  expect((await agent.send("heartbeat", {})).status).toBe(409);
  expect(await monitor.postsOf(draft_id)).toEqual([]);
  await expect(triage.getByRole("button", { name: "Triage again" })).toBeVisible();
});

for (const width of [360, 1440]) {
  test(`what an agent hands in neither runs nor widens the page, at ${width} px`, async ({
    page,
    monitor,
    logRoot,
    marker,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    const { draftId } = await reportBroken(monitor, {
      ...{ logRoot, project: `hostile-${marker}`, marker, destinationIds: ["local-telemetry"] },
    });
    const made = await monitor.call<{ run: { run_id: string } }>(
      ...(["POST", `/incident-monitor/drafts/${draftId}/triage-run`, { executor: "agent" }] as const),
    );
    const agent = agentOf(monitor, made.body.run.run_id);
    await agent.claim(600_000);
    for (const [phase, artifact] of Object.entries(hostileArtifacts)) {
      const answer = await agent.send("artifacts", { phase, artifact });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    }
    await agent.send("complete", {});
    await openPage(page, `/drafts/${draftId}`);
    if (width < 900) await page.getByRole("tab", { name: "Triage" }).click();
    const triage = page.getByRole("region", { name: "Triage", exact: true });
    await expect(triage).toContainText("Looked into");
    await expect(page.getByRole("region", { name: "Suspect commits", exact: true })).toContainText(markup);
    for (const summary of await page.locator("details:not([open]) > summary").all()) {
      if (await summary.isVisible()) await summary.click();
    }
    await expectNoSidewaysScroll(page);
    await expectNothingBeyondPane(page);
    expect(await page.locator("img[src=x]").count()).toBe(0);
  });
}

function agentOf(monitor: Monitor, runId: string) {
  let claimId = "";
  const send = (what: string, body: object) =>
    monitor.call("POST", `/incident-monitor/triage-runs/${runId}/${what}`, { claim_id: claimId, ...body });
  const done = async (what: string, body: object) => {
    const answer = await send(what, body);
    expect(answer.status, `${what}: ${JSON.stringify(answer.body)}`).toBe(200);
    return answer.body;
  };
  return {
    send,
    claim: async (leaseMs: number) => {
      const answer = await monitor.call<ClaimedTriageRunWire>(
        ...(["POST", `/incident-monitor/triage-runs/${runId}/claim`, { lease_ms: leaseMs }] as const),
      );
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      claimId = answer.body.claim_id;
    },
    heartbeat: (leaseMs: number) => done("heartbeat", { lease_ms: leaseMs }),
    submit: (phase: Phase) => done("artifacts", { phase, artifact: artifacts[phase] }),
  };
}
