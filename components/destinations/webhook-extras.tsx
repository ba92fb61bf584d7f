"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import type { DestinationFormProps } from "./destination-form";
import { SecretRefField } from "./secret-ref-field";
import { headersOf, textOf, withSetting } from "./webhook-settings";

const modes = [
  { value: "full", label: "Everything", help: "Draft, incident and issue draft." },
  {
    value: "thin",
    label: "Ids only",
    help: "No word of the report leaves; the receiver reads it over the API.",
  },
] as const;

/** How much is sent, and what goes beside the signature: headers and a client certificate, each by reference. */
export function WebhookExtras(props: DestinationFormProps & { secretMissing: boolean }) {
  const { row, onChange, secretMissing } = props;
  const mode = textOf(row.config, "payload_mode") === "thin" ? "thin" : "full";
  return (
    <>
      <ChoiceSelect
        label="What is sent"
        className="sm:max-w-72"
        value={mode}
        options={modes}
        onChange={(next) =>
          onChange({
            ...row,
            config: withSetting(row.config, "payload_mode", next === "full" ? undefined : next),
          })
        }
      />
      <HeaderRows {...props} />
      <FieldSet legend="Mutual TLS">
        <div className="grid gap-4 sm:grid-cols-2">
          {certificates.map(({ setting, label, placeholder }) => (
            <SecretRefField
              key={setting}
              {...props}
              {...{ setting, label, placeholder }}
              knownUnset={secretMissing}
            />
          ))}
        </div>
      </FieldSet>
    </>
  );
}

const certificates = [
  { setting: "client_cert_ref", label: "Client certificate", placeholder: "file:client.pem" },
  { setting: "client_key_ref", label: "Client key", placeholder: "file:client.key" },
  { setting: "server_ca_ref", label: "Receiver's own CA", placeholder: "file:ca.pem" },
];

function HeaderRows({ row, onChange, errorAt }: DestinationFormProps) {
  const headers = Object.entries(headersOf(row.config));
  const [name, setName] = useState("");
  const set = (next: Array<[string, string]>) =>
    onChange({
      ...row,
      config: withSetting(row.config, "headers", next.length > 0 ? Object.fromEntries(next) : undefined),
    });
  const canAdd =
    name.trim() !== "" && headers.every(([each]) => each.toLowerCase() !== name.trim().toLowerCase());
  function add() {
    if (!canAdd) return;
    set([...headers, [name.trim(), ""]]);
    setName("");
  }
  return (
    <FieldSet legend="Headers the receiver asks for">
      {headers.map(([header, reference]) => (
        <Field
          key={header}
          label={<span className="font-mono">{header}</span>}
          help="env:NAME or file:name; never the value itself."
          error={errorAt(`config.headers.${header}`)}
          aside={
            <Button
              size="icon-sm"
              variant="ghost"
              aria-label={`Remove header ${header}`}
              onClick={() => set(headers.filter(([each]) => each !== header))}
            >
              <X aria-hidden />
            </Button>
          }
        >
          <Input
            mono
            value={reference}
            maxLength={200}
            placeholder="env:TANDEM_GATEWAY_TOKEN"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) =>
              set(headers.map(([each, value]) => [each, each === header ? event.target.value : value]))
            }
          />
        </Field>
      ))}
      <Field label="Another header" note="(optional)">
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              mono
              value={name}
              maxLength={100}
              placeholder="authorization"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setName(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                add();
              }}
            />
            <Button className="touch:h-11" disabled={!canAdd} onClick={add}>
              <Plus aria-hidden />
              Add
            </Button>
          </div>
        )}
      </Field>
    </FieldSet>
  );
}
