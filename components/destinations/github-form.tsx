"use client";

import { useState } from "react";
import type { ApiAddress } from "./api-address";
import type { DestinationFormProps } from "./destination-form";
import { DestinationTerms } from "./destination-terms";
import { GithubSignIn, githubWay } from "./github-sign-in";
import { IssueSettings } from "./issue-settings";
import { McpServerField } from "./mcp-server-field";
import { NameFields } from "./name-fields";
import { NetworkSettings } from "./network-settings";
import { RepoField } from "./repo-field";

const address: ApiAddress = {
  key: "api_base_url",
  label: "API address",
  usual: "https://api.github.com",
  help: "For an Enterprise Server: https://host/api/v3.",
  secrets: ["token_ref", "private_key_ref"],
};

/** Issues in a GitHub repository: one POST an effect, looked up before anything is filed twice. */
export function GithubForm(props: DestinationFormProps & { secretMissing: boolean }) {
  const { row, fallbacks, onChange, errorAt, warningAt, checked, secretMissing } = props;
  const [way, setWay] = useState(() => githubWay(row));
  return (
    <>
      <NameFields {...props} />
      <RepoField
        value={row.repo}
        fallback={fallbacks.repo}
        from="the target repository of Sources"
        error={errorAt("repo")}
        onChange={(repo) => onChange({ ...row, repo })}
      />
      <GithubSignIn {...props} way={way} onWay={setWay} knownUnset={secretMissing} />
      {way === "mcp" ? (
        <McpServerField
          value={row.mcp_server}
          fallback={fallbacks.mcpServer}
          error={errorAt("mcp_server")}
          warning={warningAt("mcp_server")}
          checked={checked}
          onChange={(mcp_server) => onChange({ ...row, mcp_server })}
        />
      ) : null}
      <DestinationTerms {...props} />
      <IssueSettings {...props} />
      <NetworkSettings {...props} address={address} pace={{ perMinute: 80, perHour: 500 }} />
    </>
  );
}
