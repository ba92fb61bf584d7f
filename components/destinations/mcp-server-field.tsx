"use client";

import { Field } from "@/components/ui/field";
import { type FieldCheck, FieldChecks } from "@/components/ui/field-checks";
import { Input } from "@/components/ui/input";

type McpServerFieldProps = {
  value: string | undefined;
  onChange: (server: string | undefined) => void;
  fallback?: string;
  error?: string;
  /** The server's own remark about the name; undefined when it has none. */
  warning?: { code: string; message: string };
  /** The server has looked at what is in the form now. */
  checked: boolean;
};

/** An MCP server by its name: servers are declared in a file on the host and can only be chosen here (D-34). */
export function McpServerField({ value, onChange, fallback, error, warning, checked }: McpServerFieldProps) {
  const check = serverCheck({ value, fallback, warning, checked });
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Field label="MCP server" note={fallback ? "(optional)" : undefined} error={error}>
        {(control) => (
          <Input
            {...control}
            mono
            value={value ?? ""}
            placeholder={fallback ?? "github"}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange(event.target.value || undefined)}
          />
        )}
      </Field>
      <FieldChecks checks={[check]} />
    </div>
  );
}

type ServerCheckInput = Pick<McpServerFieldProps, "value" | "fallback" | "warning" | "checked">;

export function serverCheck({ value, fallback, warning, checked }: ServerCheckInput): FieldCheck {
  const key = "server";
  if (!value) {
    return fallback
      ? { key, result: "pass", what: `${fallback},`, detail: "from the GitHub settings" }
      : { key, result: "fail", what: "No server yet.", detail: "Name one that the host declares." };
  }
  if (warning) {
    const detail = "Servers are declared in a file on the host, never here.";
    return { key, result: "fail", what: "Not known on this host.", detail };
  }
  return checked
    ? { key, result: "pass", what: "Known", detail: "on this host" }
    : { key, result: "unknown", what: "Looked up", detail: "when it is checked" };
}
