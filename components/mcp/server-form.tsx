"use client";

import type { FormEvent } from "react";
import { ChipField } from "@/components/settings/chip-field";
import { SwitchRow } from "@/components/settings/switch-row";
import { TextField } from "@/components/settings/text-field";
import { Button } from "@/components/ui/button";
import type { McpServerWire } from "@/lib/contracts/mcp-server";
import { type ServerSettings, settingsFaults } from "./server-settings";

type ServerFormProps = {
  settings: ServerSettings;
  saved: McpServerWire | null;
  takenNames: readonly string[];
  canEdit: boolean;
  pending: boolean;
  onChange: (settings: ServerSettings) => void;
  onSave: () => void;
};

/** A server over HTTP: where it is, how to sign in, and which of its tools may be called at all. */
export function ServerForm(props: ServerFormProps) {
  const { settings, saved, takenNames, canEdit, pending, onChange, onSave } = props;
  const faults = settingsFaults(settings, takenNames);
  const set = (change: Partial<ServerSettings>) => onChange({ ...settings, ...change });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (Object.keys(faults).length === 0 && !pending) onSave();
  }
  return (
    <form onSubmit={submit} aria-label="Server settings">
      <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-4">
        <TextField
          label="Name"
          mono
          required
          value={settings.name}
          readOnly={saved !== null}
          placeholder="tickets"
          help={saved ? "Destinations name it by this." : "Destinations will name it by this."}
          error={faults.name}
          maxLength={64}
          onChange={(name) => set({ name })}
        />
        <TextField
          label="URL"
          mono
          type="url"
          required
          value={settings.url}
          placeholder="https://mcp.example.com/mcp"
          error={faults.url}
          maxLength={2_000}
          onChange={(url) => set({ url })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Secret reference"
            note="(optional)"
            mono
            value={settings.auth_ref ?? ""}
            placeholder="env:TANDEM_MCP_TOKEN"
            help="A bare token is sent as a bearer token. Never the secret itself."
            error={faults.auth_ref}
            maxLength={200}
            onChange={(reference) => set({ auth_ref: reference || null })}
          />
          <TextField
            label="Header"
            mono
            value={settings.auth_header}
            placeholder="authorization"
            maxLength={100}
            onChange={(auth_header) => set({ auth_header })}
          />
        </div>
        <AllowedTools settings={settings} saved={saved} set={set} />
        <SwitchRow
          label="Enabled"
          help="Off: it is not inspected, and no tool of it is called."
          checked={settings.enabled}
          onChange={(enabled) => set({ enabled })}
        />
        {canEdit ? (
          <Button type="submit" variant="default" className="w-fit touch:h-11" pending={pending}>
            {saved ? "Save server" : "Add server"}
          </Button>
        ) : null}
      </fieldset>
    </form>
  );
}

type AllowedToolsProps = {
  settings: ServerSettings;
  saved: McpServerWire | null;
  set: (change: Partial<ServerSettings>) => void;
};

function AllowedTools({ settings, saved, set }: AllowedToolsProps) {
  const listed = settings.allowed_tools;
  return (
    <>
      <SwitchRow
        label="Only some tools may be called"
        help={listed ? "A tool that is not listed is never called." : "Off: every tool of it may be called."}
        checked={listed !== null}
        onChange={(on) => set({ allowed_tools: on ? [] : null })}
      />
      {listed ? (
        <ChipField
          label="Allowed tools"
          mono
          values={listed}
          placeholder="create_ticket"
          help={listed.length === 0 ? "None yet: nothing may be called." : "Names, or mcp.server.tool."}
          suggestions={saved?.tools.map((tool) => tool.name) ?? []}
          onChange={(allowed_tools) => set({ allowed_tools })}
        />
      ) : null}
    </>
  );
}
