"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mcpServersQuery } from "@/lib/queries/mcp-servers";
import type { ApiAddress } from "./api-address";
import type { DestinationFormProps } from "./destination-form";
import { DestinationTerms } from "./destination-terms";
import { GithubSignIn, githubWay } from "./github-sign-in";
import { IssueSettings } from "./issue-settings";
import { McpServerChoice } from "./mcp-server-choice";
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
  const { row, fallbacks, onChange, errorAt, secretMissing } = props;
  const [way, setWay] = useState(() => githubWay(props));
  const servers = useQuery(mcpServersQuery()).data;
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
        <McpServerChoice
          {...props}
          withCheck
          servers={servers}
          onPick={(mcp_server) => onChange({ ...row, mcp_server })}
        />
      ) : null}
      <DestinationTerms {...props} />
      <IssueSettings {...props} />
      <NetworkSettings
        {...props}
        address={way === "mcp" ? null : address}
        pace={{ perMinute: 80, perHour: 500 }}
      />
    </>
  );
}
