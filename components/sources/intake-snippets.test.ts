import { expect, it } from "vitest";
import { actionsSnippet, curlSnippet } from "./intake-snippets";

const input = { baseUrl: "https://monitor.example", projectId: "shop", sourceId: "api" };

it("posts a whole report with the key from the environment", () => {
  const text = curlSnippet(input);
  expect(text).toContain('"https://monitor.example/incident-monitor/intake/report"');
  expect(text).toContain("x-tandem-incident-monitor-intake-key: $INCIDENT_MONITOR_KEY");
  const body = JSON.parse(/-d '(.*)'$/.exec(text)?.[1] ?? "") as Record<string, unknown>;
  expect(body).toMatchObject({ project_id: "shop", source_id: "api", report: { level: "error" } });
});

it("lets nothing the run says of itself into the script", () => {
  const script = actionsSnippet(input).split("run: |")[1] ?? "";
  expect(script).not.toContain("${{");
});
