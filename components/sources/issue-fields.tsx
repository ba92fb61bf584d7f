"use client";

import { ModelPolicyFields } from "@/components/settings/model-policy-fields";
import { MoreSettings } from "@/components/settings/more-settings";
import { SwitchRow } from "@/components/settings/switch-row";
import { TextField } from "@/components/settings/text-field";
import type { ProjectFormProps } from "./project-form";

/** What is done with what comes in, and with whose help. */
export function IssueFields({ project, onChange, errorAt, warningAt }: ProjectFormProps) {
  const words = [
    project.auto_create_new_issues ? "" : "no triage by itself",
    project.auto_comment_on_matched_open_issues ? "" : "no comments",
    project.mcp_server ?? "",
    project.model_policy ? "own models" : "",
  ].filter(Boolean);
  return (
    <MoreSettings title="Issues and triage" summary={words.join(", ") || "as it comes"}>
      <SwitchRow
        label="Triage what its logs report by itself"
        help="Off: a person starts the triage of each draft."
        checked={project.auto_create_new_issues}
        onChange={(value) => onChange({ ...project, auto_create_new_issues: value })}
      />
      <SwitchRow
        label="Comment on an open issue that matches"
        help="Off: a repeat is counted and nothing is written to the issue."
        checked={project.auto_comment_on_matched_open_issues}
        onChange={(value) => onChange({ ...project, auto_comment_on_matched_open_issues: value })}
      />
      <TextField
        label="MCP server"
        note="(optional)"
        mono
        value={project.mcp_server}
        placeholder="github"
        help={
          warningAt("mcp_server") ??
          "Empty: the one of the GitHub settings. Servers are declared on the host."
        }
        error={errorAt("mcp_server")}
        className="sm:max-w-72"
        onChange={(mcp_server) => onChange({ ...project, mcp_server: mcp_server || undefined })}
      />
      <ModelPolicyFields
        policy={project.model_policy}
        empty="None named: as the whole deployment."
        error={errorAt("model_policy")}
        onChange={(model_policy) => onChange({ ...project, model_policy })}
      />
    </MoreSettings>
  );
}
