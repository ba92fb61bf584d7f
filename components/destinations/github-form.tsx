"use client";

import type { DestinationFormProps } from "./destination-form";
import { DestinationTerms } from "./destination-terms";
import { McpServerField } from "./mcp-server-field";
import { NameFields } from "./name-fields";
import { RepoField } from "./repo-field";

/** Issues in a GitHub repository, through an MCP server. */
export function GithubForm(props: DestinationFormProps) {
  const { row, fallbacks, onChange, errorAt, warningAt, checked } = props;
  return (
    <>
      <NameFields {...props} />
      <div className="grid gap-4 sm:grid-cols-2">
        <RepoField
          value={row.repo}
          fallback={fallbacks.repo}
          from="the target repository of Sources"
          error={errorAt("repo")}
          onChange={(repo) => onChange({ ...row, repo })}
        />
        <McpServerField
          value={row.mcp_server}
          fallback={fallbacks.mcpServer}
          error={errorAt("mcp_server")}
          warning={warningAt("mcp_server")}
          checked={checked}
          onChange={(mcp_server) => onChange({ ...row, mcp_server })}
        />
      </div>
      <DestinationTerms {...props} />
    </>
  );
}
