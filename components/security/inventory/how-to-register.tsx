"use client";

import { useSyncExternalStore } from "react";
import { CodeBlock } from "@/components/layout/code-block";
import { Section } from "@/components/layout/section";
import { apiCall } from "@/components/settings/api-call";
import { api } from "@/lib/paths";

/** Everything a runtime may say, once; what it leaves out claims nothing. */
const example = {
  runtime_id: "my-runtime",
  name: "My runtime",
  automation_specs: [
    {
      automation_id: "nightly-triage",
      name: "Nightly triage",
      status: "active",
      tenant_context: { org_id: "acme", workspace_id: "main", source: "explicit" },
      agents: [
        {
          agent_id: "writer",
          approval_policy: "ask_before_writing",
          mcp_policy: { allowed_servers: ["tracker"], allowed_tools: ["create_issue"] },
        },
      ],
      nodes: [{ node_id: "file-issue", agent_id: "writer", gate: { required: true } }],
    },
  ],
  workflows: [
    {
      workflow_id: "notify",
      name: "Notify",
      steps: [{ step_id: "post", action: "chat.post", parameter_keys: ["channel"] }],
    },
  ],
};

/** The call as a shell command. A service token is enough for it; an agent's is not. */
export function HowToRegister() {
  // The address is known in the browser alone.
  const baseUrl = useSyncExternalStore(
    () => () => undefined,
    () => location.origin,
    () => "",
  );
  const call = apiCall({ baseUrl, method: "PUT", path: api.authoritySubjects(), body: example });
  return (
    <Section title="How a runtime registers" className="max-w-200">
      <p className="text-muted-foreground">
        With an admin or service token, as often as its time asks for (<code>expires_in_ms</code>, a week
        unless it says otherwise). Each call replaces all it said before.
      </p>
      <CodeBlock title="Shell" label="registration call" copy={call} wrap={false}>
        {call}
      </CodeBlock>
    </Section>
  );
}
