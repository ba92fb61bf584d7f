"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { MoreSettings } from "@/components/settings/more-settings";
import { TextField } from "@/components/settings/text-field";
import type { McpServerWire } from "@/lib/contracts/mcp-server";
import type { DestinationFormProps } from "./destination-form";
import { noneOfItsOwn, toolOptions } from "./mcp-choices";
import { textOf, withSetting } from "./webhook-settings";

type McpLookUpFieldsProps = Pick<DestinationFormProps, "row" | "onChange"> & {
  server: McpServerWire | undefined;
};

/** How to find out whether a call whose answer got lost had its effect. Without it a person has to say. */
export function McpLookUpFields({ row, server, onChange }: McpLookUpFieldsProps) {
  const { config } = row;
  const tool = textOf(config, "lookup_tool");
  const asked = lookUpArgument(config?.lookup_arguments);
  const set = (key: string, value: string | Record<string, string> | undefined) =>
    onChange({ ...row, config: withSetting(config, key, value) });
  return (
    <MoreSettings
      title="Lost answers"
      summary={tool ? `asked about with ${tool}` : "a person says what came of it"}
    >
      <div className="flex flex-col gap-4">
        <ChoiceSelect
          label="Tool that looks it up"
          help="It must only read. The call's own key finds what the call made."
          value={tool ?? noneOfItsOwn}
          options={toolOptions(server, tool)}
          onChange={(name) => set("lookup_tool", name === noneOfItsOwn ? undefined : name)}
        />
        {tool ? (
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="Argument that takes the key"
              mono
              value={asked}
              placeholder="key"
              help="Map $idempotency_key in the arguments above too."
              maxLength={200}
              onChange={(name) => set("lookup_arguments", name ? { [name]: "$idempotency_key" } : undefined)}
            />
            <TextField
              label="Where the answer has it"
              note="(optional)"
              mono
              value={textOf(config, "lookup_path")}
              placeholder="tickets"
              help="Names with dots. An empty list there is: not done."
              maxLength={500}
              onChange={(path) => set("lookup_path", path || undefined)}
            />
          </div>
        ) : null}
      </div>
    </MoreSettings>
  );
}

/** The argument that a look-up is made with; the first where more were written by hand. */
function lookUpArgument(given: unknown): string | undefined {
  if (given === null || typeof given !== "object" || Array.isArray(given)) return undefined;
  return Object.keys(given)[0];
}
