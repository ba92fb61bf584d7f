"use client";

import type { DestinationFormProps } from "./destination-form";
import { GithubForm } from "./github-form";
import { LinearForm } from "./linear-form";
import { McpToolForm } from "./mcp-tool-form";
import { MemoryForm } from "./memory-form";
import { TelemetryForm } from "./telemetry-form";
import { WebhookForm } from "./webhook-form";

/** The form of a row's kind. `secretMissing`: a secret that the saved row names is not there. */
export function KindForm({ secretMissing, ...props }: DestinationFormProps & { secretMissing: boolean }) {
  switch (props.row.kind) {
    case "webhook":
      return <WebhookForm {...props} secretMissing={secretMissing} />;
    case "telemetry":
      return <TelemetryForm {...props} />;
    case "github_issue":
      return <GithubForm {...props} secretMissing={secretMissing} />;
    case "linear_issue":
      return <LinearForm {...props} secretMissing={secretMissing} />;
    case "mcp_tool":
      return <McpToolForm {...props} />;
    case "internal_memory":
      return <MemoryForm {...props} />;
  }
}
