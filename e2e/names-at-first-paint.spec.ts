import { expect, test } from "./support/test";

test.beforeEach(async ({ keptConfig: _ }) => {});

test("what the server sends already calls a project by its name", async ({ page, monitor, marker }) => {
  const [projectId, name] = [`shop-${marker}`, `Shop ${marker}`];
  await monitor.addProject(projectId, { name });
  const key = await monitor.createKey(projectId);
  const answer = await monitor.intake(key, {
    project_id: projectId,
    report: { title: `Cart ${marker} is empty`, detail: "It was not.", event: "cart.empty" },
  });
  const { draft } = answer.body as { draft: { draft_id: string } };

  const html = await (await page.request.get(`/drafts/${draft.draft_id}`)).text();
  expect(html).toContain(`>${name}<`);
  expect(html).not.toContain(`>${projectId}<`);
});
