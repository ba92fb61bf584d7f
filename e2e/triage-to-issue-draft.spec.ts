import { expectAccessible } from "./support/accessible";
import { githubRow } from "./support/github";
import { openPage } from "./support/open-page";
import { expect, test } from "./support/test";
import { reportBroken, reviewOf, triaged, triageOf } from "./support/triage";

// Paused, a run waits in sight; whatever becomes of the journey, the next ones find the monitor at work.
test.afterEach(async ({ monitor }) => void (await monitor.call("POST", "/incident-monitor/resume", {})));

test("a failure is looked into, its commit and code are found, and an issue comes of it", async ({
  page,
  monitor,
  github,
  logRoot,
  marker,
}) => {
  const tracker = `tracker-${marker}`;
  await monitor.addDestination({ ...githubRow(tracker, github, "acme/shop"), name: tracker });
  const { bug, draftId, title, reportAlike } = await reportBroken(monitor, {
    ...{ logRoot, project: `triage-${marker}`, marker, destinationIds: [tracker] },
  });
  const alike = await reportAlike(`alike-${marker}`);
  await openPage(page, `/drafts/${draftId}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const region = (name: string) => page.getByRole("region", { name, exact: true });
  const triage = region("Triage");

  await test.step("nothing was looked into yet, and the steps say so", async () => {
    await expect(triage).toContainText("Not triaged");
    await expect(page.getByRole("listitem").filter({ hasText: /^Triage, laternot started/ })).toBeVisible();
    await expectAccessible(page, "a draft that was not triaged");
  });

  await test.step("it is started here, waits while the monitor is paused, and comes by itself", async () => {
    expect((await monitor.call("POST", "/incident-monitor/pause", {})).status).toBe(200);
    await triage.getByRole("button", { name: "Start triage" }).click();
    await expect(triage).toContainText("Triage queued");
    await expect(triage.getByRole("list", { name: "Phases" })).toContainText("Inspectto come");
    await expectAccessible(page, "a draft whose triage is queued");
    expect((await monitor.call("POST", "/incident-monitor/resume", {})).status).toBe(200);
    await expect(triage).toContainText("An issue can be proposed");
    for (const phase of ["Inspect", "Research", "Validate", "Propose"]) {
      await expect(
        triage.getByRole("listitem").filter({ hasText: new RegExp(`^${phase}done`) }),
      ).toBeVisible();
    }
    await expect(page.getByRole("listitem").filter({ hasText: /^Triage, done/ })).toBeVisible();
    await expectAccessible(page, "a draft that was triaged");
  });

  await test.step("the commit that brought it is the first suspect, with its lines", async () => {
    const suspects = region("Suspect commits");
    const first = suspects.getByRole("listitem").first();
    await expect(first).toContainText(bug.subject);
    await expect(first).toContainText(bug.hash.slice(0, 10));
    await expect(first).toContainText("Ada Byron");
    const diff = first.getByRole("region", { name: `What it changed in ${bug.path}` });
    await expect(diff).toContainText(
      "removed:   const discount = item.discount ? item.discount.percent : 0;",
    );
    await expect(diff).toContainText("added:   const discount = item.discount.percent;");
    await first.getByRole("button", { name: "changed failing line" }).click();
    await expect(page.getByText("It changed the line that failed.")).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("the code where it broke is shown, its line marked and its function named", async () => {
    const code = page.getByRole("region", { name: `Code of ${bug.path}:${bug.line}`, exact: true });
    await expect(code.locator("[aria-current=true]")).toContainText(
      "where it failed:   const discount = item.discount.percent;",
    );
    await expect(region("Code")).toContainText(`in ${bug.enclosing}`);
  });

  await test.step("every statement says what it is, how sure, by which rule and where to check it", async () => {
    const inspect = triage.getByRole("listitem").filter({ hasText: /^Inspect/ });
    await inspect.locator("summary").first().click();
    const place = inspect.getByRole("listitem").filter({ hasText: `It broke in ${bug.enclosing}` });
    await expect(place).toContainText("Inference");
    await expect(place).toContainText("high confidence");
    await expect(place.getByRole("button", { name: "top app frame" })).toBeVisible();
    await place.getByRole("button", { name: `${bug.path}:${bug.line}` }).click();
    await expect(page.locator(`[data-code-path="${bug.path}"]:focus`)).toHaveCount(1);
    await expect(inspect.getByText("Fact", { exact: true }).first()).toBeVisible();
    await expectAccessible(page, "the findings of a phase");
  });

  await test.step("a failure like it lies beside this one, fact by fact", async () => {
    const similar = region("Similar failures");
    await expect(similar.getByRole("link").first()).toHaveAttribute("href", `/incidents/${alike.incidentId}`);
    await similar.getByRole("button", { name: "Side by side" }).first().click();
    const table = similar.getByRole("table").first();
    await expect(table.getByRole("row", { name: /^Title/ }).getByText(title)).toHaveCount(2);
    await expect(table.getByRole("row", { name: /^Exception/ }).getByText("TypeError")).toHaveCount(2);
    await expect(table.getByRole("row", { name: /^Seen/ })).toContainText("1×1×");
    await expectAccessible(page, "two failures side by side");
  });

  const words = `A cart without a discount has no total (${marker})`;
  await test.step("the summary is edited as a form, and what changes is shown before it is saved", async () => {
    await region("Summary")
      .getByRole("button", { name: /^Edit the summary/ })
      .click();
    const form = page.getByRole("dialog", { name: "Edit the summary" });
    await expect(form.getByLabel("Title of the issue")).not.toBeEmpty();
    await expectAccessible(page, "the summary as a form");
    await form.getByLabel("Title of the issue").fill("");
    await expect(form.getByText("An issue needs a title")).toBeVisible();
    await expect(form.getByRole("button", { name: /^Review/ })).toBeDisabled();
    await form.getByLabel("Title of the issue").fill(words);
    const criteria = form.getByRole("group", { name: /^Acceptance criteria/ });
    const before = await criteria.getByRole("textbox").count();
    await criteria.getByRole("button", { name: "Add a criterion" }).press("Enter");
    await page.keyboard.type("An item without a discount costs its price");
    await criteria.getByRole("button", { name: `Move criterion ${before + 1} up` }).press("Enter");
    await expect(criteria.getByRole("textbox").nth(before - 1)).toHaveValue(
      "An item without a discount costs its price",
    );
    await form.getByRole("button", { name: "Review 2 changes" }).click();
    const review = page.getByRole("dialog", { name: "Review 2 changes" });
    await expect(review.getByRole("region", { name: "What changed: Title of the issue" })).toContainText(
      `added: ${words}`,
    );
    await expectAccessible(page, "what saving would change");
    await review.getByRole("button", { name: "Save 2 changes" }).click();
    await expect(review).toBeHidden();
    await expect(region("Summary")).toContainText(`Title of the issuegiven${words}`);
    await expect(region("Edits of the summary")).toContainText(
      "changed title of the issue and acceptance criteria",
    );
  });

  await test.step("the issue is shown exactly as it would be filed", async () => {
    const issue = region("Issue draft");
    await expect(issue).toContainText(`Exactly what ${tracker} would get`);
    const { destinations } = await reviewOf(monitor, draftId);
    const filed = JSON.parse(
      destinations.find((each) => each.destination_id === tracker)?.payload?.raw ?? "{}",
    );
    expect(filed.title).toBe(words);
    expect(filed.body).toContain("An item without a discount costs its price");
    await expect(issue.getByRole("heading", { name: "Acceptance criteria" })).toBeVisible();
    await issue.getByRole("radio", { name: "Markdown" }).click();
    expect(await issue.getByRole("region", { name: "Body of the issue" }).locator("pre").textContent()).toBe(
      filed.body,
    );
    await expect(region("Exactly what leaves")).toContainText("An item without a discount costs its price");
  });

  await test.step("nothing of it was sent", async () => {
    expect((await triageOf(monitor, draftId)).run?.state).toBe("ready");
    expect(github.effects().size).toBe(0);
  });

  await test.step("the project gets a template of its own, seen on this draft before it is saved", async () => {
    await openPage(page, `/settings/incident-monitor/sources?project=triage-${marker}`);
    await page.getByRole("button", { name: "Edit template…" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: /^Issue template of/ });
    const preview = dialog.getByRole("region", { name: "Body of the issue" });
    await expect(dialog.getByLabel("Try it on")).toContainText(title);
    await expect(dialog).toContainText("With what triage found. It follows the built-in form.");
    await expect(preview.getByRole("heading", { name: "Evidence" })).toHaveCount(0);
    const template = dialog.getByRole("textbox", { name: "Template" });
    await dialog.getByRole("button", { name: "The built-in form", exact: true }).press("Enter");
    await expect(template).toHaveValue(/^## What happened\n\n\{\{what_happened\}\}/);
    await template.fill("### What is to be done\n\n{{recommended_fx}}");
    await expect(dialog.getByText("issue_template names {{recommended_fx}}")).toBeVisible();
    await expect(dialog).toContainText("This template cannot be used yet.");
    await template.fill("### What is to be done\n\n");
    await dialog.getByRole("button", { name: /^Put in acceptance_criteria/ }).press("Enter");
    await expect(template).toBeFocused();
    await expect(template).toHaveValue("### What is to be done\n\n{{acceptance_criteria}}");
    await expect(preview.getByRole("heading", { name: "What is to be done" })).toBeVisible();
    await expect(preview).toContainText("An item without a discount costs its price");
    await expect(dialog).toContainText("It follows the project's own template.");
    await expectAccessible(page, "the issue template of a project");
    await dialog.getByRole("button", { name: "Done" }).press("Enter");
    await page.getByRole("button", { name: "Review and save" }).click();
    await page.getByRole("button", { name: "Save 1 change" }).click();
    await expect(page.getByText("the project's own", { exact: true })).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  await test.step("the issue that is filed follows it", async () => {
    const path = `/incident-monitor/drafts/${draftId}`;
    expect((await monitor.call("POST", `${path}/issue-draft`, {})).status).toBe(200);
    await openPage(page, `/drafts/${draftId}`);
    await expect(region("Issue draft")).toContainText("It follows the project's own template.");
    const answer = await monitor.call("POST", `${path}/publish`, {});
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    await expect(page.getByText("Published to 1 destination").first()).toBeVisible();
    const [created] = github.requests.filter(({ operation }) => operation === "createIssue");
    expect(created?.body.body).toMatch(/^### What is to be done\n\n- /);
    expect(created?.body.body).toContain("An item without a discount costs its price");
    expect(created?.body.body).not.toContain("## What happened");
  });
});

test("a run is cancelled with a reason, and the draft can be triaged again", async ({
  page,
  monitor,
  marker,
}) => {
  const { draft_id } = await monitor.report({
    title: `Queue${marker} is stuck`,
    detail: "Nothing leaves it.",
    event: "queue.stuck",
  });
  const made = { executor: "agent" };
  expect((await monitor.call("POST", `/incident-monitor/drafts/${draft_id}/triage-run`, made)).status).toBe(
    200,
  );
  await openPage(page, `/drafts/${draft_id}`);
  const triage = page.getByRole("region", { name: "Triage", exact: true });
  await triage.getByRole("button", { name: /^Cancel the run/ }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel this run?" });
  await expectAccessible(page, "cancelling a run");
  await dialog.getByRole("button", { name: "Let it go on" }).click();
  await expect(dialog).toBeHidden();
  expect((await triageOf(monitor, draft_id)).run?.state).toBe("queued");
  await triage.getByRole("button", { name: /^Cancel the run/ }).click();
  await dialog.getByLabel("Reason").fill("The queue was drained on purpose");
  await dialog.getByRole("button", { name: "Cancel the run" }).click();
  await expect(triage).toContainText("Cancelled");
  await expect(triage).toContainText("The queue was drained on purpose");

  // A report without a trace, of no project: everything is looked into, and nothing is found to propose.
  await triage.getByRole("button", { name: "Triage again" }).click();
  await expect(triage).toContainText("Not enough was found to propose an issue");
  const issue = page.getByRole("region", { name: "Issue draft", exact: true });
  await expect(issue).toContainText("No issue can be proposed yet");
  await expect(issue).toContainText("Give a recommended fix and acceptance criteria.");
  await expectAccessible(page, "a draft whose issue is blocked");
});

test.describe("a viewer", () => {
  test.use({ as: "viewer" });
  test("sees all of it and changes nothing", async ({ page, monitor, logRoot, marker }) => {
    const { bug, draftId } = await reportBroken(monitor, {
      ...{ logRoot, project: `seen-${marker}`, marker, destinationIds: ["local-telemetry"] },
    });
    await triaged(monitor, draftId);
    await openPage(page, `/drafts/${draftId}`);
    const triage = page.getByRole("region", { name: "Triage", exact: true });
    await expect(page.getByRole("region", { name: "Suspect commits", exact: true })).toContainText(
      bug.subject,
    );
    for (const name of ["Triage again", "Edit the summary…"]) {
      const button = page.getByRole("button", { name, exact: true });
      await expect(button).toHaveAttribute("aria-disabled", "true");
      await expect(button).toHaveAccessibleDescription(
        /Your role may not triage; triager or approver or admin may/,
      );
    }
    await page.keyboard.press("e");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("t");
    await expect(triage).toContainText("An issue can be proposed");
    expect((await triageOf(monitor, draftId)).earlier_runs).toHaveLength(0);
  });
});
