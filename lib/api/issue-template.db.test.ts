import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApi, type TestApi } from "@/lib/testing/api";

let api: TestApi;
const post = (path: string, body: unknown) => api.call("POST", `/incident-monitor${path}`, { body });

beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

describe("a template tried out", () => {
  it("answers the issue, or what is wrong by its field; saving the same is refused with the row's field", async () => {
    const preview = (template: unknown) => post("/issue-template/preview", { template });
    const good = await preview("### Seen\n\n{{what_happened}}");
    expect([good.status, good.body.preview.basis]).toEqual([200, "sample"]);
    expect(good.body.preview.body).toMatch(/^### Seen\n\nThis is a sample\./);
    expect(good.body.placeholders).toContainEqual({ name: "logs", is_section: true, words: "Logs" });
    const bad = await preview("{{nope}}");
    expect([bad.status, bad.body.preview, bad.body.problems[0].field]).toEqual([200, null, "template"]);
    const huge = await preview("x".repeat(65_537));
    expect([huge.status, huge.body.field]).toEqual([422, "template"]);
    const project = { name: "Tried", repo: "acme/tried", workspace_root: "/workspace/repos/tried" };
    const put = await api.call("PUT", "/config/incident-monitor/projects/tried", {
      body: { ...project, issue_template: "{{nope}}" },
    });
    expect([put.status, put.body.code]).toEqual([400, "INCIDENT_MONITOR_CONFIG_INVALID"]);
    expect(put.body.issues[0].path).toBe("monitored_projects[0].issue_template");
  });
});
