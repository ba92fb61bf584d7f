import { type DescribedRow, yesNo } from "@/components/settings/described";
import type { ConfigWire } from "@/lib/contracts/config";

type Provider = ConfigWire["provider_preference"];

export const providers: readonly { value: Provider; label: string; help: string }[] = [
  { value: "auto", label: "Whichever is there", help: "The first server that can file issues" },
  { value: "official_github", label: "GitHub's own", help: "The official GitHub MCP server" },
  { value: "composio", label: "Composio", help: "Issues through Composio" },
  { value: "arcade", label: "Arcade", help: "Issues through Arcade" },
];

/** The settings from before there were rows of destinations. Only of the keys given. */
export function describeGithub(config: Partial<ConfigWire>): DescribedRow[] {
  const { provider_preference, label_mode, auto_create_new_issues, auto_comment_on_matched_open_issues } =
    config;
  const fields = [
    ...("mcp_server" in config ? [{ label: "MCP server", value: config.mcp_server ?? "" }] : []),
    ...(provider_preference
      ? [
          {
            label: "Provider",
            value: providers.find(({ value }) => value === provider_preference)?.label ?? "",
          },
        ]
      : []),
    ...(label_mode ? [{ label: "Labels", value: label_mode.replaceAll("_", " ") }] : []),
    ...(auto_create_new_issues === undefined
      ? []
      : [{ label: "Files new issues", value: yesNo(auto_create_new_issues) }]),
    ...(auto_comment_on_matched_open_issues === undefined
      ? []
      : [{ label: "Comments on open issues", value: yesNo(auto_comment_on_matched_open_issues) }]),
  ];
  return fields.length > 0 ? [{ id: "github", kind: "", title: "GitHub (legacy settings)", fields }] : [];
}
