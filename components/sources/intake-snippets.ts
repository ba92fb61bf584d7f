type SnippetInput = { baseUrl: string; projectId: string; sourceId: string | undefined };

export const intakeKeyHeader = "x-tandem-incident-monitor-intake-key";

/** A first report from a shell. The key is taken from the environment, never written into the command. */
export function curlSnippet({ baseUrl, projectId, sourceId }: SnippetInput): string {
  const body = {
    project_id: projectId,
    ...(sourceId && { source_id: sourceId }),
    report: {
      title: "Test report",
      event: "test.failed",
      level: "error",
      detail: "Sent by hand to try the key.",
    },
  };
  return [
    `curl -sS "${baseUrl}/incident-monitor/intake/report" \\`,
    '  -H "content-type: application/json" \\',
    `  -H "${intakeKeyHeader}: $INCIDENT_MONITOR_KEY" \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join("\n");
}

/** A step that reports a failed job. What the run says of itself goes through the environment and jq, not the script. */
export function actionsSnippet({ baseUrl, projectId, sourceId }: SnippetInput): string {
  const source = sourceId ? `source_id: "${sourceId}", ` : "";
  return [
    "- name: Report the failure",
    "  if: failure()",
    "  env:",
    "    INCIDENT_MONITOR_KEY: ${{ secrets.INCIDENT_MONITOR_KEY }}",
    "    WORKFLOW: ${{ github.workflow }}",
    "    RUN_URL: ${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}",
    "  run: |",
    '    jq -n --arg title "CI failed: $WORKFLOW" --arg url "$RUN_URL" \\',
    `      '{project_id: "${projectId}", ${source}report: {title: $title, event: "ci.run.failed", level: "error", detail: ("Run " + $url), evidence_refs: [$url]}}' |`,
    `    curl -sS --fail-with-body "${baseUrl}/incident-monitor/intake/report" \\`,
    '      -H "content-type: application/json" \\',
    `      -H "${intakeKeyHeader}: $INCIDENT_MONITOR_KEY" \\`,
    "      -d @-",
  ].join("\n");
}
