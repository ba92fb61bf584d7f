"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { TextField } from "@/components/settings/text-field";
import type { DestinationFormProps } from "./destination-form";
import { SecretRefField } from "./secret-ref-field";
import { textOf, withSetting } from "./webhook-settings";

const ways = [
  {
    value: "token",
    label: "A token",
    help: "A fine-grained token with Issues: read and write on this repository.",
  },
  {
    value: "app",
    label: "A GitHub App",
    help: "An installation with Issues: read and write. Its tokens are renewed by itself.",
  },
  {
    value: "mcp",
    label: "An MCP server",
    help: "Files through a server that can list, read, create and comment on issues.",
  },
] as const;
export type GithubWay = (typeof ways)[number]["value"];

const appKeys = ["app_id", "installation_id", "private_key_ref"] as const;

/** How the row signs in, by what is set: an App, a token, or neither and a server, its own or the deployment's. */
export function githubWay({ row, fallbacks }: Pick<DestinationFormProps, "row" | "fallbacks">): GithubWay {
  if (appKeys.some((key) => row.config?.[key] !== undefined)) return "app";
  const server = row.mcp_server ?? fallbacks.mcpServer;
  return server && row.config?.token_ref === undefined ? "mcp" : "token";
}

type GithubSignInProps = DestinationFormProps & {
  knownUnset: boolean;
  way: GithubWay;
  onWay: (way: GithubWay) => void;
};

/** Token, App or a server. Switching takes the settings of the others out: credentials of its own would win over a server. */
export function GithubSignIn(props: GithubSignInProps) {
  const { row, onChange, errorAt, way, onWay } = props;
  const set = (key: string, value: string | undefined) =>
    onChange({ ...row, config: withSetting(row.config, key, value) });
  function choose(next: GithubWay) {
    let config = row.config;
    const others = [
      ...(next === "app" ? [] : appKeys),
      ...(next === "token" ? [] : (["token_ref"] as const)),
    ];
    for (const key of others) config = withSetting(config, key, undefined);
    onWay(next);
    onChange({ ...row, config, ...(next !== "mcp" && { mcp_server: undefined }) });
  }
  return (
    <>
      <ChoiceSelect
        label="Sign in with"
        className="sm:max-w-72"
        value={way}
        options={ways}
        onChange={choose}
      />
      {way === "token" ? (
        <SecretRefField
          {...props}
          setting="token_ref"
          label="Token reference"
          placeholder="env:TANDEM_GITHUB_TOKEN"
          missing="Nothing can be filed without one."
        />
      ) : null}
      {way === "app" ? (
        <div className="grid gap-4 sm:grid-cols-2">
          {(["app_id", "installation_id"] as const).map((key) => (
            <TextField
              key={key}
              label={key === "app_id" ? "App id" : "Installation id"}
              mono
              value={textOf(row.config, key)}
              placeholder={key === "app_id" ? "123456" : "7654321"}
              maxLength={64}
              error={errorAt(`config.${key}`)}
              onChange={(value) => set(key, value.trim() || undefined)}
            />
          ))}
          <SecretRefField
            {...props}
            setting="private_key_ref"
            label="Private key reference"
            placeholder="file:github-app.pem"
            missing="The App signs with it."
          />
        </div>
      ) : null}
    </>
  );
}
