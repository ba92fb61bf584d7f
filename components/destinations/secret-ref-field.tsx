"use client";

import { TextField } from "@/components/settings/text-field";
import { type FieldCheck, FieldChecks } from "@/components/ui/field-checks";
import type { DestinationFormProps } from "./destination-form";
import { textOf, withSetting } from "./webhook-settings";

type SecretRefFieldProps = Pick<DestinationFormProps, "row" | "saved" | "onChange" | "errorAt"> & {
  /** The key of `config` that holds the reference. */
  setting: string;
  label: string;
  placeholder: string;
  /** What is said while it is empty; undefined where it may stay so. */
  missing?: string;
  /** The readiness of the saved row says that nothing is behind it on this host. */
  knownUnset: boolean;
};

const referenceForm = /^(?:env:(?:\/\/)?[A-Z0-9_]+|\$\{env:[A-Z0-9_]+\}|[A-Z0-9_]+|file:[\w-][\w.-]*)$/;

/** The name of a secret on the host: whether it is set there is said once it is saved, its value never. */
export function SecretRefField(props: SecretRefFieldProps) {
  const { row, onChange, errorAt, setting, label, placeholder } = props;
  const check = checkOf(props);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <TextField
        label={label}
        mono
        value={textOf(row.config, setting)}
        maxLength={200}
        placeholder={placeholder}
        help={
          <>
            <code>env:NAME</code> or <code>file:name</code>, never the secret itself.
          </>
        }
        error={errorAt(`config.${setting}`)}
        onChange={(value) =>
          onChange({ ...row, config: withSetting(row.config, setting, value.trim() || undefined) })
        }
      />
      {check ? <FieldChecks checks={[check]} /> : null}
    </div>
  );
}

function checkOf({ row, saved, setting, missing, knownUnset }: SecretRefFieldProps): FieldCheck | null {
  const reference = textOf(row.config, setting);
  const say = (result: FieldCheck["result"], what: string, detail: string) => ({
    key: setting,
    result,
    what,
    detail,
  });
  if (!reference) return missing ? say("fail", "No secret yet.", missing) : null;
  if (!referenceForm.test(reference)) {
    return say(
      "fail",
      "Not a reference.",
      "Write env:NAME in capitals, or file:name. Do not paste the secret.",
    );
  }
  if (reference !== textOf(saved?.config, setting)) {
    return say("pass", "Written as a reference.", "Whether it is set on this host is seen after saving.");
  }
  return knownUnset ? say("fail", "Not set", "on this host") : say("pass", "Set", "on this host");
}
