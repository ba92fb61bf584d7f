"use client";

import { MoreSettings } from "@/components/settings/more-settings";
import { NumberField } from "@/components/settings/number-field";
import { TextField } from "@/components/settings/text-field";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { FieldSet } from "@/components/ui/field-set";
import { type ApiAddress, awaitsSecret, withAddress } from "./api-address";
import type { DestinationFormProps } from "./destination-form";
import { flagOf, numberOf, textOf, withSetting } from "./webhook-settings";

/** What only a development set-up, or a server in one's own network, should open. */
export const optIns = [
  { key: "allow_insecure_http", label: "Allow plain HTTP", help: "Readable by anybody on the way." },
  {
    key: "allow_private_networks",
    label: "Allow private addresses",
    help: "Loopback and the local network. Cloud metadata addresses stay closed.",
  },
];

type NetworkSettingsProps = DestinationFormProps & {
  /** null where an MCP server is asked: its address is its own. */
  address: ApiAddress | null;
  /** What the kind keeps to by itself. */
  pace: { perMinute: number; perHour: number };
};

/** Another server than the usual one, how fast it may be asked and how long it may take. */
export function NetworkSettings({ row, saved, onChange, errorAt, address, pace }: NetworkSettingsProps) {
  const set = (key: string, value: string | number | boolean | undefined) =>
    onChange({ ...row, config: withSetting(row.config, key, value) });
  const open = optIns.filter(({ key }) => flagOf(row.config, key)).length;
  const own = address ? textOf(row.config, address.key) : undefined;
  const [title, summary] = address ? ["Server and pace", own ?? "the usual server"] : ["Pace", undefined];
  return (
    <MoreSettings title={title} summary={summary} open={open > 0 && address !== null}>
      {address ? <AddressField {...{ row, saved, onChange, errorAt, address }} /> : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label="At most in a minute"
          unit="sent"
          fallback={pace.perMinute}
          min={1}
          max={100_000}
          value={numberOf(row.config, "rate_per_minute")}
          error={errorAt("config.rate_per_minute")}
          onChange={(value) => set("rate_per_minute", value)}
        />
        <NumberField
          label="At most in an hour"
          unit="sent"
          fallback={pace.perHour}
          min={1}
          max={1_000_000}
          value={numberOf(row.config, "rate_per_hour")}
          error={errorAt("config.rate_per_hour")}
          onChange={(value) => set("rate_per_hour", value)}
        />
      </div>
      <NumberField
        label="Timeout"
        className="sm:max-w-[calc(50%-8px)]"
        help="An attempt that takes longer has no answer, and is looked up before anything is sent again."
        unit="ms"
        fallback={10_000}
        min={250}
        max={15_000}
        value={numberOf(row.config, "timeout_ms")}
        error={errorAt("config.timeout_ms")}
        onChange={(value) => set("timeout_ms", value)}
      />
      {address ? (
        <FieldSet legend="Own network and development">
          {optIns.map(({ key, label, help }) => (
            <Choice key={key} label={label} help={help}>
              <Checkbox
                checked={flagOf(row.config, key)}
                onCheckedChange={(checked) => set(key, checked === true ? true : undefined)}
              />
            </Choice>
          ))}
        </FieldSet>
      ) : null}
    </MoreSettings>
  );
}

type AddressFieldProps = Pick<DestinationFormProps, "row" | "saved" | "onChange" | "errorAt"> & {
  address: ApiAddress;
};

function AddressField({ row, saved, onChange, errorAt, address }: AddressFieldProps) {
  return (
    <>
      <TextField
        label={address.label}
        note="(optional)"
        mono
        type="url"
        value={textOf(row.config, address.key)}
        placeholder={address.usual}
        help={address.help}
        error={errorAt(`config.${address.key}`)}
        onChange={(value) =>
          onChange({ ...row, config: withAddress(row.config, saved?.config, address, value.trim()) })
        }
      />
      {awaitsSecret(row.config, saved?.config, address) ? (
        <p role="status" className="text-12">
          The address leads elsewhere now. Name the secret again to use it there.
        </p>
      ) : null}
    </>
  );
}
