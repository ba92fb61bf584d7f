"use client";

import type { DestinationFormProps } from "./destination-form";
import { GithubForm } from "./github-form";
import { LinearForm } from "./linear-form";
import { McpToolForm } from "./mcp-tool-form";
import { MemoryForm } from "./memory-form";
import { TelemetryForm } from "./telemetry-form";
import { WebhookForm } from "./webhook-form";

/** The form of a row's kind. `secretMissing`: the saved row's signing secret is not there. */
export function KindForm({ secretMissing, ...props }: DestinationFormProps & { secretMissing: boolean }) {
  switch (props.row.kind) {
    case "webhook":
      return <WebhookForm {...props} secretMissing={secretMissing} />;
    case "telemetry":
      return <TelemetryForm {...props} />;
    case "github_issue":
      return <GithubForm {...props} />;
    case "linear_issue":
      return <LinearForm {...props} />;
    case "mcp_tool":
      return <McpToolForm {...props} />;
    case "internal_memory":
      return <MemoryForm {...props} />;
  }
}
