"use client";

import Link from "next/link";
import { Fact, Facts } from "@/components/layout/facts";
import { LockedAction } from "@/components/layout/locked-action";
import { Section } from "@/components/layout/section";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { PaneHeader } from "@/components/settings/pane-header";
import { SwitchRow } from "@/components/settings/switch-row";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { ConfigWire } from "@/lib/contracts/config";
import { safetyPath } from "@/lib/paths";
import { providers } from "./describe-github";
import { type DestinationSection, legacyGithub, legacyGithubId } from "./edit-destinations";
import { McpServerField } from "./mcp-server-field";
import type { Readiness } from "./readiness";
import { ReadinessNote } from "./readiness-note";
import { RepoField } from "./repo-field";

type LegacyGithubPaneProps = {
  section: DestinationSection;
  base: ConfigWire;
  readiness: Readiness;
  edited: boolean;
  canEdit: boolean;
  checked: boolean;
  errorAt: (path: string) => string | undefined;
  warningAt: (path: string) => { code: string; message: string } | undefined;
  onChange: (part: Partial<DestinationSection>) => void;
  /** Makes a row of its own with the same settings. */
  onMakeRow: () => void;
  onBack: () => void;
};

/** The GitHub settings from before there were destinations, and the one row they amount to while there is no other. */
export function LegacyGithubPane(props: LegacyGithubPaneProps) {
  const { section, base, readiness, edited, canEdit, onBack } = props;
  const inForce = section.destinations.length === 0;
  return (
    <div className="flex flex-col gap-4 px-4 py-4 md:px-6">
      <PaneHeader
        title="GitHub (legacy settings)"
        meta={
          inForce ? "In force: there is no other destination" : "Not in force: there are other destinations"
        }
        backLabel="Back to destinations"
        onBack={onBack}
      />
      {inForce && base.destinations.length === 0 ? (
        <ReadinessNote readiness={readiness} edited={edited} />
      ) : null}
      {inForce ? null : (
        <Alert tone="idle" title="These settings make no destination of their own now.">
          As soon as there is one destination, nothing is sent by them; GitHub rows still take what they leave
          empty from here.
        </Alert>
      )}
      <LegacyFields {...props} />
      <Synthesised {...props} inForce={inForce} />
      <p className="text-muted-foreground">
        These settings file through an MCP server alone. To sign in with a token or a GitHub App, make it a
        destination of its own.
      </p>
      {canEdit ? (
        <Button size="sm" className="w-fit touch:h-11" onClick={props.onMakeRow}>
          Make it a destination of its own
        </Button>
      ) : (
        <LockedAction size="sm" className="touch:h-11" unlocks="Adding a destination needs the admin role.">
          Make it a destination of its own
        </LockedAction>
      )}
    </div>
  );
}

function LegacyFields({ section, canEdit, checked, errorAt, warningAt, onChange }: LegacyGithubPaneProps) {
  return (
    <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <RepoField value={section.repo} error={errorAt("repo")} onChange={(repo) => onChange({ repo })} />
        <McpServerField
          value={section.mcp_server}
          error={errorAt("mcp_server")}
          warning={warningAt("mcp_server")}
          checked={checked}
          onChange={(mcp_server) => onChange({ mcp_server })}
        />
        <ChoiceSelect
          label="Provider"
          value={section.provider_preference}
          options={providers}
          onChange={(provider_preference) => onChange({ provider_preference })}
        />
        <ChoiceSelect
          label="Labels"
          value={section.label_mode}
          options={[
            { value: "reporter_only", label: "As reported", help: "Only labels that a report names" },
          ]}
          onChange={(label_mode) => onChange({ label_mode })}
        />
      </div>
      <SwitchRow
        label="File new issues"
        help="Off: a draft is made and only matched against issues that exist."
        checked={section.auto_create_new_issues}
        onChange={(auto_create_new_issues) => onChange({ auto_create_new_issues })}
      />
      <SwitchRow
        label="Comment on an open issue that matches"
        help="Off: a repeat is counted and nothing is written to the issue."
        checked={section.auto_comment_on_matched_open_issues}
        onChange={(value) => onChange({ auto_comment_on_matched_open_issues: value })}
      />
    </fieldset>
  );
}

function Synthesised({ section, base, inForce }: LegacyGithubPaneProps & { inForce: boolean }) {
  const row = legacyGithub({ ...base, ...section });
  return (
    <Section title={inForce ? "The destination they make" : "The destination they would make"}>
      <Facts className="[--term:128px]">
        <Fact term="Id" mono>
          {legacyGithubId}
        </Fact>
        <Fact term="Kind">GitHub issues</Fact>
        <Fact term="Repository" mono>
          {row.repo ?? "none"}
        </Fact>
        <Fact term="MCP server" mono>
          {row.mcp_server ?? "none"}
        </Fact>
        <Fact term="Enabled">{row.enabled ? "yes, as the monitor is on" : "no, as the monitor is off"}</Fact>
        <Fact term="Requires approval">
          {row.require_approval ? "yes" : "no"}, as{" "}
          <Link href={safetyPath()} className="link">
            Every new issue
          </Link>{" "}
          says
        </Fact>
        <Fact term="Tags">{row.route_tags.join(", ")}</Fact>
        <Fact term="By default">
          {inForce ? "everything without a route goes here" : "nothing goes here"}
        </Fact>
      </Facts>
    </Section>
  );
}
